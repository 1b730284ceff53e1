/** 获取文件夹中的文件清单, 新建文件夹, 获取我的空间元数据. */
import { type Answer, success } from './answer.ts'
import type { Call } from './call.ts'
import type { DriveNode } from './drive.ts'
import {
  FOLDER_NAME_LIMIT_BYTES,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_LIMIT,
  ROOT_FOLDER_TOKEN,
} from './limits.ts'
import { linkOf } from './links.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'
import { text } from './upload-params.ts'

export function folderRoutes(server: Server): Route[] {
  return [
    {
      method: 'GET',
      path: '/drive/v1/files',
      endpoint: 'files/list',
      rate: 'list',
      readOnly: true,
      handle: async (call) => () => list(server, call),
    },
    {
      method: 'POST',
      path: '/drive/v1/files/create_folder',
      endpoint: 'files/create_folder',
      rate: 'write',
      contentionStatus: 400,
      handle: (call) => createFolder(server, call),
    },
    {
      method: 'GET',
      path: '/drive/explorer/v2/root_folder/meta',
      endpoint: 'root_folder/meta',
      rate: 'none',
      readOnly: true,
      handle: async (call) => () =>
        success({ token: ROOT_FOLDER_TOKEN, id: '7100000000000000000', user_id: call.identity.id }),
    },
  ]
}

async function createFolder(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['name', 'folder_token'])
  return () => {
    const name = text(body.name, 'name')
    const bytes = Buffer.byteLength(name)
    if (bytes === 0 || bytes > FOLDER_NAME_LIMIT_BYTES) throw new Refusal(1061002, 'name')
    const parent = text(body.folder_token, 'folder_token')
    if (!server.access.allows(call.identity, parent, 'edit')) throw new Refusal(1061004)
    const node = server.drive.createFolder(parent, name)
    call.record.fileToken = node.token
    return success({ token: node.token, url: linkOf('folder', node.token) })
  }
}

/** One level of one folder. The root (empty token) comes whole, without paging. */
function list(server: Server, { query, identity }: Call): Answer {
  const folderToken = query.get('folder_token') ?? ''
  const pageSize = pageSizeOf(query)
  if (server.drive.isRemoved(folderToken)) throw new Refusal(1061007)
  const folder = server.drive.get(folderToken || ROOT_FOLDER_TOKEN)
  if (folder?.type !== 'folder') throw new Refusal(1061003)
  if (!server.access.allows(identity, folder.token, 'view')) throw new Refusal(1061004)
  const rowOf = (node: DriveNode) => row(node, server.library.get(node.token)?.identity)
  const nodes = sorted(server.drive.childrenOf(folder.token), query)
  if (folderToken === '') return success({ files: nodes.map(rowOf), has_more: false })
  const after = query.get('page_token')
  const start = after === null || after === '' ? 0 : indexAfter(nodes, after)
  const page = nodes.slice(start, start + pageSize)
  const last = page.at(-1)
  if (last === undefined || start + pageSize >= nodes.length) {
    return success({ files: page.map(rowOf), has_more: false })
  }
  return success({ files: page.map(rowOf), has_more: true, next_page_token: pageTokenOf(last) })
}

function pageSizeOf(query: URLSearchParams): number {
  const given = query.get('page_size')
  if (given === null) return PAGE_SIZE_DEFAULT
  const pageSize = /^\d{1,9}$/.test(given) ? Number(given) : 0
  if (pageSize > PAGE_SIZE_LIMIT) throw new Refusal(1064001)
  if (pageSize < 1) throw new Refusal(1061002, 'page_size')
  return pageSize
}

/** The page names two orders, by edit or by creation; the newest first unless asked otherwise. */
function sorted(nodes: DriveNode[], query: URLSearchParams): DriveNode[] {
  const key = query.get('order_by') === 'CreatedTime' ? 'createdAtMs' : 'modifiedAtMs'
  const sign = query.get('direction') === 'ASC' ? 1 : -1
  return nodes.sort((a, b) => sign * (a[key] - b[key] || a.order - b.order))
}

/** A page token holds its place when nodes come or go meanwhile. */
function pageTokenOf(node: DriveNode): string {
  return Buffer.from(
    JSON.stringify([node.token, node.modifiedAtMs, node.createdAtMs, node.order]),
  ).toString('base64url')
}

function indexAfter(nodes: DriveNode[], pageToken: string): number {
  const at = nodes.findIndex((node) => pageTokenOf(node) === pageToken)
  if (at < 0) throw new Refusal(1061002, 'page_token')
  return at + 1
}

/** A row has no size and no hash. Times are seconds as text. */
function row(node: DriveNode, uploader: string | undefined): Record<string, string> {
  return {
    token: node.token,
    name: node.name,
    type: node.type,
    parent_token: node.parentToken,
    url: linkOf(node.type, node.token),
    created_time: String(Math.floor(node.createdAtMs / 1000)),
    modified_time: String(Math.floor(node.modifiedAtMs / 1000)),
    owner_id: ownerId(uploader),
  }
}

/** Apps have an id of the same form as people. */
function ownerId(uploader: string | undefined): string {
  if (!uploader) return 'ou_somebody'
  return uploader.startsWith('user:') ? uploader.slice(5) : `ou_${uploader.replace(/\W/g, '_')}`
}
