import { success } from './answer.ts'
import type { Call } from './call.ts'
import { MAX_METAS } from './limits.ts'
import { linkOf } from './links.ts'
import { Refusal } from './refusal.ts'
import type { Commit, Route, Server } from './server.ts'

/** 获取文件元数据: titles and links of files, folders and documents. The SDK's types tell its shape. */
export function metaRoute(server: Server): Route {
  return {
    method: 'POST',
    path: '/drive/v1/metas/batch_query',
    endpoint: 'metas/batch_query',
    rate: 'list',
    readOnly: true,
    handle: (call) => queryMetas(server, call),
  }
}

interface RequestedDoc {
  readonly doc_token?: unknown
  readonly doc_type?: unknown
}

async function queryMetas(server: Server, call: Call): Promise<Commit> {
  const body = await call.readJson(['request_docs'], ['with_url'])
  return () => {
    const docs = Array.isArray(body.request_docs) ? (body.request_docs as RequestedDoc[]) : []
    if (docs.length < 1 || docs.length > MAX_METAS) throw new Refusal(1061002, 'request_docs')
    const rows = docs.map((doc) => rowOf(server, call, doc, body.with_url === true))
    const metas = rows.filter((row) => 'title' in row)
    return success({ metas, failed_list: rows.filter((row) => !('title' in row)) })
  }
}

/** A row of `metas`, or one of `failed_list`. */
function rowOf(server: Server, call: Call, doc: RequestedDoc, withUrl: boolean) {
  const token = String(doc.doc_token)
  // A wiki node is asked for by its own token and answered as what it stands for.
  const node = doc.doc_type === 'wiki' ? server.wiki.find(token) : undefined
  const found = server.drive.get(node?.objToken ?? token)
  const type = node?.objType ?? doc.doc_type
  if (found === undefined || found.type !== type) return { token, code: META_MISSING }
  if (!server.access.allows(call.identity, token, 'view')) return { token, code: META_FORBIDDEN }
  const seconds = String(Math.floor(found.modifiedAtMs / 1000))
  return {
    doc_token: found.token,
    doc_type: found.type,
    title: found.name,
    owner_id: ownerOf(server, found.token),
    create_time: String(Math.floor(found.createdAtMs / 1000)),
    latest_modify_user: 'ou_demo',
    latest_modify_time: seconds,
    url: withUrl ? linkOf(found.type, found.token) : '',
    request_doc_info: { doc_token: token, doc_type: doc.doc_type },
  }
}

/** Returns the uploader; what stands there from the start belongs to the demo person. */
function ownerOf(server: Server, token: string): string {
  const identity = server.library.get(token)?.identity ?? ''
  return identity === '' ? 'ou_demo' : identity.replace(/^user:/, '')
}

/** 获取文件元数据: the codes that stand in `failed_list`. */
const META_FORBIDDEN = 970003
const META_MISSING = 970005
