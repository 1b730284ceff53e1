import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'
import type { Route, Server } from './server.ts'

/** 获取知识空间节点信息: 100 calls a minute. */
export function wikiRoute(server: Server): Route {
  return {
    method: 'GET',
    path: '/wiki/v2/spaces/get_node',
    endpoint: 'wiki/get_node',
    rate: 'minute',
    readOnly: true,
    handle: async (call) => () => getNode(server, call),
  }
}

function getNode(server: Server, call: Call): Answer {
  const token = call.query.get('token') ?? ''
  if (token === '') throw new Refusal(131002)
  if (server.access.isMissing(token)) throw new Refusal(131005)
  const node = server.wiki.require(token, call.query.get('obj_type') ?? '')
  if (!server.access.allows(call.identity, node.token, 'view')) throw new Refusal(131006)
  return success({
    node: {
      space_id: node.spaceId ?? '7000000000000000000',
      node_token: node.token,
      obj_token: node.objToken,
      obj_type: node.objType,
      node_type: node.shortcut ? 'shortcut' : 'origin',
      title: node.title ?? '',
      has_child: false,
    },
  })
}
