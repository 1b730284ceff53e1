import { APP_POLICY } from '#main/app/api/app-policy.ts'
import type { App } from '#main/app/open-app.ts'
import type { StaticFile } from '#main/lib/static-files.ts'
import { pictureAt } from '#shared/model/look.ts'
import type { Sender } from './handle-ipc.ts'

/** The pages' own scheme: no file of the machine is in reach of a URL. */
export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://feidi`

/**
 * Returns where the pages come from: the app's own scheme, or the server that electron-vite runs on this machine
 * while Feidi is being developed. A packaged app has none, whatever its environment says.
 */
export function pageOrigin(isPackaged: boolean, devServer: string | undefined): string {
  const url = isPackaged || devServer === undefined ? null : URL.parse(devServer)
  const isHere = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname)
  return isHere ? url.origin : APP_ORIGIN
}

/**
 * Answers a request of the page from the files of the build, or with a picture of the queue, and with nothing else.
 * Each file is read whole: they are small, and a stream that a reload cuts off ends as an uncaught error.
 */
export async function answerAppRequest(
  files: ReadonlyMap<string, StaticFile>,
  app: Pick<App, 'picture'>,
  request: Pick<Request, 'method' | 'url'>,
): Promise<Response> {
  const url = URL.parse(request.url)
  const isOurs = url !== null && isAppUrl(request.url) && request.method === 'GET'
  const file = isOurs ? files.get(url.pathname) : undefined
  if (file !== undefined) return answerWith(await file.readWhole(), file.type)
  const asked = isOurs ? pictureAt(url.pathname) : undefined
  const picture = asked && (await app.picture(asked.id, asked.use))
  // Bytes of no type: only our page makes a picture of them.
  if (picture !== undefined) return answerWith(picture, 'application/octet-stream')
  return new Response(null, { status: 404 })
}

function answerWith(content: Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(content, {
    headers: {
      'content-type': type,
      'content-security-policy': APP_POLICY,
      'x-content-type-options': 'nosniff',
    },
  })
}

/** Tells whether a URL is one of our pages; `URL.origin` is no help, being opaque for schemes of one's own. */
function isAppUrl(text: string, origin = APP_ORIGIN): boolean {
  const url = URL.parse(text)
  return url !== null && `${url.protocol}//${url.host}` === origin
}

/** Tells whether a URL is the page that the window shows: it may reload itself. */
export function isStartPage(text: string, origin: string): boolean {
  const url = URL.parse(text)
  return url !== null && isAppUrl(text, origin) && url.pathname === '/' && url.search === ''
}

/** Tells whether a call comes from the page itself, and not from a frame in it. */
export function isOurPage({ senderFrame }: Sender, origin: string): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url, origin)
}
