/** Fetches and decodes pictures away from the page, which keeps drawing. */
import { pictureSize } from './picture-size.ts'

/** Asks for a picture, or gives it up. */
export interface PictureJob {
  readonly key: number
  /** Undefined: it is not wanted any more. */
  readonly url?: string
  /** The shorter side of a `cover`, or the longer one of what is to `fit`. */
  readonly px?: number
  readonly how?: 'cover' | 'fit'
}

/** `later`: the host could not be asked; null: there is nothing to show. */
export interface PictureReply {
  readonly key: number
  readonly bitmap: ImageBitmap | null
  readonly later: boolean
}

/** A `cover` is cut: it is no longer than so many times its height, or the other way round. */
const LONGEST_COVER = 8

const fetching = new Map<number, AbortController>()
/** One picture is decoded at a time: each may take 200 MB for a moment. */
let decoding: Promise<unknown> = Promise.resolve()

self.addEventListener('message', ({ data }: MessageEvent<PictureJob>) => {
  if (data.url === undefined) fetching.get(data.key)?.abort()
  else void work(data.key, data.url, data.px ?? 0, data.how ?? 'cover')
})

async function work(key: number, url: string, px: number, how: 'cover' | 'fit'): Promise<void> {
  const gone = new AbortController()
  fetching.set(key, gone)
  let bitmap: ImageBitmap | null = null
  let later = false
  try {
    const response = await fetch(url, { signal: gone.signal, credentials: 'same-origin' })
    later = !response.ok && response.status !== 404
    if (response.ok) {
      const bytes = new Uint8Array(await response.arrayBuffer())
      const decoded = decoding.then(() => (gone.signal.aborted ? null : decode(bytes, px, how)))
      decoding = decoded.catch(() => {})
      bitmap = await decoded.catch(() => null)
    }
  } catch {
    later = true
  }
  fetching.delete(key)
  const reply: PictureReply = { key, bitmap, later: later || gone.signal.aborted }
  self.postMessage(reply, { transfer: bitmap === null ? [] : [bitmap] })
}

async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  px: number,
  how: 'cover' | 'fit',
): Promise<ImageBitmap | null> {
  const size = pictureSize(bytes)
  if (size === undefined) return null
  const long = Math.max(size.width, size.height)
  const short = Math.min(size.width, size.height)
  const wanted = how === 'fit' ? px / long : Math.min(px / short, (px * LONGEST_COVER) / long)
  const scale = Math.min(1, wanted)
  // Of a picture that is turned on its side, width and height are exchanged by then: near enough.
  const resizeWidth = Math.max(1, Math.round(size.width * scale))
  return createImageBitmap(new Blob([bytes]), { resizeWidth, resizeQuality: 'medium' })
}
