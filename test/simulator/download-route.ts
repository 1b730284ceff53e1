import type { Answer } from './answer.ts'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'
import type { Route, Server } from './server.ts'

/** 下载文件: the bytes themselves, with `Range` a part of them (206). */
export function downloadRoute(server: Server): Route {
  return {
    method: 'GET',
    path: '/drive/v1/files/:file_token/download',
    endpoint: 'files/download',
    rate: 'write',
    readOnly: true,
    handle: async (call) => () => download(server, call),
  }
}

async function download(server: Server, { params, headers, identity }: Call): Promise<Answer> {
  const token = params['file_token'] ?? ''
  if (server.drive.isRemoved(token)) throw new Refusal(1061007)
  if (server.library.get(token) === undefined) throw new Refusal(1061003)
  if (!server.access.allows(identity, token, 'view')) throw new Refusal(1061004)
  const bytes = await server.library.bytesOf(token)
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
  if (from === undefined || to === undefined) return answerOf(200, bytes, {})
  const start = Number(from)
  const part = bytes.subarray(start, Number(to) + 1)
  const last = start + part.length - 1
  return answerOf(206, part, { 'Content-Range': `bytes ${start}-${last}/${bytes.length}` })
}

function answerOf(status: number, bytes: Buffer, headers: Record<string, string>): Answer {
  return { status, code: undefined, headers, body: undefined, bytes }
}
