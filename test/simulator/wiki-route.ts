import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import { WIKI_PAGE_SIZE } from './limits.ts'
import { pageOf } from './pages.ts'
import { Refusal } from './refusal.ts'
import type { Route, Server } from './server.ts'
import { spaceOf, type WikiNode } from './wiki.ts'

/** 知识库: what a page is, and what is below it. 100 calls a minute each. */
export function wikiRoutes(server: Server): Route[] {
  return [
    question('get_node', '/wiki/v2/spaces/get_node', (call) => getNode(server, call)),
    question('node_by_token', '/wiki/v2/spaces/node_by_token', (call) => byToken(server, call)),
    question('list_spaces', '/wiki/v2/spaces', (call) => listSpaces(server, call)),
    question('list_nodes', '/wiki/v2/spaces/:space/nodes', (call) => listNodes(server, call)),
    ...moveRoutes(server),
  ]
}

/** 移动云空间文档至知识空间, with a task that is done at the second look, and 获取任务结果. */
function moveRoutes(server: Server): Route[] {
  const tasks = new Map<string, { looks: number; readonly node: WikiNode }>()
  return [
    {
      method: 'POST',
      path: '/wiki/v2/spaces/:space/nodes/move_docs_to_wiki',
      endpoint: 'wiki/move_docs',
      rate: 'minute',
      badBody: 131002,
      handle: async (call) => {
        const body = await call.readJson(['obj_type', 'obj_token'], ['parent_wiki_token', 'apply'])
        return () => {
          const objToken = String(body.obj_token)
          const there = server.wiki.ofDocument(objToken)
          if (there !== undefined) return success({ wiki_token: there.token })
          const parentToken = String(body.parent_wiki_token)
          const parent = server.wiki.require(parentToken, '')
          if (!server.access.allows(call.identity, parent.token, 'edit')) throw new Refusal(131006)
          const document = server.drive.get(objToken)
          if (document === undefined || document.type !== body.obj_type) throw new Refusal(131005)
          const { name: title, type: objType, createdAtMs } = document
          const token = server.mint.next('wikcn')
          const node = { token, objType, objToken, title, parentToken, createdAtMs }
          server.wiki.add({ ...node, spaceId: spaceOf(parent) })
          server.drive.leave(objToken)
          const taskId = server.mint.next('task')
          tasks.set(taskId, { looks: 0, node })
          return success({ task_id: taskId })
        }
      },
    },
    question('get_task', '/wiki/v2/tasks/:task', (call) => {
      const task = tasks.get(call.params['task'] ?? '')
      if (task === undefined || call.query.get('task_type') !== 'move') throw new Refusal(131005)
      task.looks += 1
      const isDone = task.looks > 1
      const [status, status_msg] = isDone ? [0, 'success'] : [1, 'processing']
      const node = isDone ? nodeRow(task.node) : {}
      return success({ task: { move_result: [{ node, status, status_msg }] } })
    }),
  ]
}

function question(name: string, path: string, answer: (call: Call) => Answer): Route {
  return {
    method: 'GET',
    path,
    endpoint: `wiki/${name}`,
    rate: 'minute',
    readOnly: true,
    handle: async (call) => () => answer(call),
  }
}

/** 获取知识空间节点信息. */
function getNode(server: Server, call: Call): Answer {
  const token = call.query.get('token') ?? ''
  if (token === '') throw new Refusal(131002)
  if (server.access.isMissing(token)) throw new Refusal(131005)
  const node = server.wiki.require(token, call.query.get('obj_type') ?? '')
  if (!server.access.allows(call.identity, node.token, 'view')) throw new Refusal(131006)
  return success({ node: nodeRow(node) })
}

/**
 * On no page: the official client asks here since its 1.0.95, with a node's token or a document's own. All
 * refusals come with HTTP 200. An address that is not known is answered in plain text.
 */
function byToken(server: Server, call: Call): Answer {
  if (!server.wiki.rules.knowsNodeByToken) {
    return { status: 404, code: undefined, headers: {}, body: '404 page not found' }
  }
  const refusal = (code: 131005 | 131006 | 131012 | 131014 | 131016) =>
    new Refusal(code, undefined, { status: 200 })
  const token = call.query.get('token') ?? ''
  if (token.length < 6) throw refusal(131016)
  if (server.wiki.isRemoved(token)) throw refusal(131012)
  const node = server.wiki.find(token) ?? server.wiki.ofDocument(token)
  if (node === undefined) throw refusal(server.drive.get(token) === undefined ? 131005 : 131014)
  if (server.access.isMissing(node.token)) throw refusal(131012)
  if (!server.access.allows(call.identity, node.token, 'view')) throw refusal(131006)
  return success({ node: nodeRow(node) })
}

/** 获取知识空间列表: those the caller may read. */
function listSpaces(server: Server, call: Call): Answer {
  const rows = server.wiki
    .spaces()
    .filter(({ spaceId }) => server.access.allows(call.identity, spaceId, 'view'))
    .map(({ spaceId, name }) => ({ space_id: spaceId, name, space_type: 'team' }))
  return success(pageOf(rows, call.query, WIKI_PAGE_SIZE, 131002))
}

/** 获取知识空间子节点列表. */
function listNodes(server: Server, call: Call): Answer {
  const parent = call.query.get('parent_node_token') ?? ''
  if (parent !== '') {
    const node = server.wiki.require(parent, '')
    if (!server.access.allows(call.identity, node.token, 'view')) throw new Refusal(131006)
  }
  const space = call.params['space'] ?? ''
  const rows = server.wiki.childrenOf(space, parent).map((node) => ({
    ...nodeRow(node),
    has_child: server.wiki.childrenOf(space, node.token).length > 0,
  }))
  return success(pageOf(rows, call.query, WIKI_PAGE_SIZE, 131002))
}

function nodeRow(node: WikiNode) {
  const { token, objToken, objType, shortcut, title, parentToken, createdAtMs = 0 } = node
  return {
    space_id: spaceOf(node),
    node_token: token,
    obj_token: objToken,
    obj_type: objType,
    parent_node_token: parentToken ?? '',
    node_type: shortcut ? 'shortcut' : 'origin',
    title: title ?? '',
    has_child: false,
    obj_create_time: String(Math.floor(createdAtMs / 1000)),
    node_create_time: String(Math.floor(createdAtMs / 1000)),
  }
}
