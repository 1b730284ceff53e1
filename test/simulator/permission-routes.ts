/** 云文档权限: giving people access to what an app uploaded, and asking what one may do. 100 calls a minute each. */
import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import { type Member, PERMISSIONS, type Permission } from './members.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'

const MEMBERS = '/drive/v1/permissions/:token/members'

export function permissionRoutes(server: Server): Route[] {
  return [
    {
      method: 'POST',
      path: MEMBERS,
      endpoint: 'permissions/create_member',
      rate: 'minute',
      badBody: 1063001,
      handle: (call) => createMember(server, call),
    },
    {
      method: 'GET',
      path: MEMBERS,
      endpoint: 'permissions/list_members',
      rate: 'minute',
      readOnly: true,
      handle: async (call) => () => listMembers(server, call),
    },
    {
      method: 'GET',
      path: `${MEMBERS}/auth`,
      endpoint: 'permissions/auth',
      rate: 'minute',
      readOnly: true,
      handle: async (call) => () => judge(server, call),
    },
  ]
}

/** The page names no number. */
const MEMBERS_LIMIT = 200

const MEMBER_TYPES = [
  'email',
  'openid',
  'unionid',
  'openchat',
  'opendepartmentid',
  'userid',
  'groupid',
  'wikispaceid',
]

/** 增加协作者权限. */
async function createMember(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['member_type', 'member_id', 'perm'], ['perm_type', 'type'])
  return () => {
    const token = requireObject(server, call)
    const { member_type: memberType, member_id: memberId, perm } = body
    const known = MEMBER_TYPES.includes(String(memberType)) && isPermission(perm)
    if (!known || typeof memberId !== 'string' || memberId === '') throw new Refusal(1063001)
    if (!server.access.allows(call.identity, token, 'manage')) throw new Refusal(1063002)
    const member: Member = { memberType: String(memberType), memberId, perm }
    // 1063003 has five causes and does not say which: too many members, company policy, not visible to
    // each other; the owner's own permission, or less than the member has. The first three share nothing.
    const owner = server.library.get(token)?.identity === `user:${memberId}`
    if (owner || server.members.isOutOfReach(memberId)) throw new Refusal(1063003)
    const isFull = server.members.of(token).length >= MEMBERS_LIMIT
    if (isFull || !server.members.add(token, member)) throw new Refusal(1063003)
    return success({ member: memberRow(member) })
  }
}

/** 获取云文档协作者. */
function listMembers(server: Server, call: Call): Answer {
  const token = requireObject(server, call)
  if (!server.access.allows(call.identity, token, 'view')) throw new Refusal(1063002)
  return success({ items: server.members.of(token).map(memberRow) })
}

const NEEDED = { view: 'view', edit: 'edit', share: 'manage', manage_public: 'manage' } as const

/** 判断用户权限, for apps and users alike; the page does not list folders. */
function judge(server: Server, call: Call): Answer {
  const token = requireObject(server, call)
  if (call.query.get('type') === 'folder') throw new Refusal(1063001, 'type')
  const action = call.query.get('action') ?? ''
  if (!(action in NEEDED)) throw new Refusal(1063001, 'action')
  const needed = NEEDED[action as keyof typeof NEEDED]
  return success({ auth_result: server.access.allows(call.identity, token, needed) })
}

/** The token in the path, which must be of the type in the query. 1063005 deleted, 1063001 otherwise wrong. */
function requireObject(server: Server, call: Call): string {
  const { token = '' } = call.params
  const type = call.query.get('type') ?? ''
  if (server.drive.isRemoved(token)) throw new Refusal(1063005)
  const known = type === 'wiki' ? server.wiki.find(token) : server.drive.get(token)
  if (known === undefined || ('type' in known && known.type !== type)) throw new Refusal(1063001)
  return token
}

function isPermission(value: unknown): value is Permission {
  return PERMISSIONS.includes(value as Permission)
}

function memberRow({ memberType, memberId, perm }: Member): Record<string, unknown> {
  return { member_type: memberType, member_id: memberId, perm, perm_type: 'container' }
}
