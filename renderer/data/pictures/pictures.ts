/** Small pictures for rows, kept in memory, and large ones to look at. */
import { PICTURE_PATHS } from '#shared/model/look.ts'
import { KeptPictures } from './kept-pictures.ts'
import type { PictureJob, PictureReply } from './picture-worker.ts'

/** The side of a picture in a row, on the finest of usual screens. */
const ROW_PX = 56

/** The longer side of a picture in full. */
const FULL_PX = 2_000

/** Fetched at a time. */
const LANES = 2

const MOST_KEPT = 600
const MOST_KEPT_BYTES = 24 * 1024 * 1024

type Use = keyof typeof PICTURE_PATHS

interface Asked {
  readonly key: number
  readonly job: PictureJob
  readonly onReply: (reply: PictureReply) => void
}

let worker: Worker | undefined
let lastKey = 0
/** The one asked for last goes first: it is what the person sees now. */
let waiting: Asked[] = []
const active = new Map<number, Asked>()

const kept = new KeptPictures<ImageBitmap>({ pictures: MOST_KEPT, bytes: MOST_KEPT_BYTES })

/** Returns the picture of a row, if it is at hand; null: it has none. */
export function rowPictureNow(id: string): ImageBitmap | null | undefined {
  return kept.get(id)
}

/**
 * Has the picture of a row fetched.
 * @returns gives it up
 */
export function askForRowPicture(id: string, onPicture: (bitmap: ImageBitmap) => void): () => void {
  return ask(id, 'row', ({ bitmap, later }) => {
    if (later) return bitmap?.close()
    kept.keep(id, bitmap)
    if (bitmap !== null) onPicture(bitmap)
  })
}

/**
 * Has a picture fetched to be looked at; the one who asks closes it.
 * @param onPicture null: it cannot be shown
 * @returns gives it up
 */
export function askForPicture(
  id: string,
  onPicture: (bitmap: ImageBitmap | null) => void,
): () => void {
  return ask(id, 'full', ({ bitmap }) => onPicture(bitmap))
}

function ask(id: string, use: Use, onReply: Asked['onReply']): () => void {
  lastKey += 1
  const key = lastKey
  const url = new URL(PICTURE_PATHS[use].slice(1) + id, location.href).href
  const job: PictureJob =
    use === 'row' ? { key, url, px: ROW_PX, how: 'cover' } : { key, url, px: FULL_PX, how: 'fit' }
  let isGivenUp = false
  const asked: Asked = {
    ...{ key, job },
    onReply: (reply) => (isGivenUp ? reply.bitmap?.close() : onReply(reply)),
  }
  waiting.push(asked)
  next()
  return () => {
    isGivenUp = true
    waiting = waiting.filter((each) => each.key !== key)
    if (active.has(key)) workerNow().postMessage({ key } satisfies PictureJob)
  }
}

function next(): void {
  if (active.size >= LANES) return
  const asked = waiting.pop()
  if (asked === undefined) return
  active.set(asked.key, asked)
  workerNow().postMessage(asked.job)
  next()
}

function workerNow(): Worker {
  if (worker !== undefined) return worker
  const begun = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' })
  begun.addEventListener('message', ({ data }: MessageEvent<PictureReply>) => ended(data))
  begun.addEventListener('error', () => {
    // It could not be loaded, or has ended: icons are shown.
    begun.terminate()
    worker = undefined
    for (const { key } of [...active.values()]) ended({ key, bitmap: null, later: true })
  })
  worker = begun
  return begun
}

function ended(reply: PictureReply): void {
  const asked = active.get(reply.key)
  active.delete(reply.key)
  asked?.onReply(reply)
  next()
}
