import { Readable } from 'node:stream'
import { APP_POLICY } from '#main/app/api/app-policy.ts'
import type { StaticFile } from '#main/lib/static-files.ts'
import type { Sender } from './handle-ipc.ts'

/** The pages' own scheme: no file of the machine is in reach of a URL. */
export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://feidi`

/** Answers a request of the page from the files of the build, and from nothing else. */
export function answerAppRequest(
  files: ReadonlyMap<string, StaticFile>,
  request: Pick<Request, 'method' | 'url'>,
): Response {
  const url = URL.parse(request.url)
  const isOurs = url !== null && isAppUrl(request.url) && request.method === 'GET'
  const file = isOurs ? files.get(url.pathname) : undefined
  if (file === undefined) return new Response(null, { status: 404 })
  return new Response(Readable.toWeb(file.read()) as ReadableStream, {
    headers: {
      'content-type': file.type,
      'content-security-policy': APP_POLICY,
      'x-content-type-options': 'nosniff',
    },
  })
}

/** Whether a URL is one of our pages; `URL.origin` is no help, being opaque for schemes of one's own. */
function isAppUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === 'feidi'
}

/** Whether a URL is the page that the window shows: it may load itself anew. */
export function isStartPage(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && isAppUrl(text) && url.pathname === '/' && url.search === ''
}

/** Whether a call comes from the page itself, and not from a frame in it. */
export function isOurPage({ senderFrame }: Sender): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url)
}
