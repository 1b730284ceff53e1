/**
 * multipart/form-data in our own hand, because the server is particular and the body is big: the exact
 * Content-Length is known before the first byte, the file is never copied, and `file_name` travels as
 * raw UTF-8 (percent-encoding showed up literally in people's file names).
 */
import { randomBytes } from 'node:crypto'
import { TransferError } from '#shared/errors/transfer-error.ts'

/**
 * Small enough for smooth progress and throttling, big enough that the cost per slice does not show:
 * with 64 KiB, handing over a part of 4 MiB takes half as much time again of the event loop's.
 */
export const SLICE_BYTES = 256 * 1024

export interface MultipartForm {
  /** Text fields in the order they are sent. Undefined values are left out. */
  readonly fields: Readonly<Record<string, string | undefined>>
  readonly file: Uint8Array
}

interface SliceHooks {
  readonly signal: AbortSignal
  readonly throttle?: ((bytes: number, signal: AbortSignal) => Promise<void>) | undefined
  readonly onProgress?: ((bytes: number) => void) | undefined
  /** Around each wait for `throttle`, which is not the network standing still. */
  readonly onThrottle?: ((waiting: boolean) => void) | undefined
}

export interface MultipartBody {
  readonly contentType: string
  readonly contentLength: number
  /** Bytes up to and including the file's last one; what follows is only the closing boundary. */
  readonly payloadEnd: number
  /** The body in slices. Can be asked for again to send the same request once more. */
  slices(hooks: SliceHooks): AsyncGenerator<Uint8Array, void, undefined>
}

/**
 * Frames a form with one file, text fields first. The name in the file part is a constant: the one
 * people see is the `file_name` field.
 */
export function frameMultipart(form: MultipartForm, boundary = randomBoundary()): MultipartBody {
  const head = Buffer.from(
    `${Object.entries(form.fields)
      .map(([name, value]) => textPart(boundary, name, value))
      .join(
        '',
      )}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="blob"\r\nContent-Type: application/octet-stream\r\n\r\n`,
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const payloadEnd = head.byteLength + form.file.byteLength
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    contentLength: payloadEnd + tail.byteLength,
    payloadEnd,
    slices: (hooks) => slices(head, form.file, tail, hooks),
  }
}

// 192 random bits, made for each request: no one can put them into a file beforehand, and meeting
// them by chance is less likely than every other failure here.
function randomBoundary(): string {
  return `feidi-${randomBytes(24).toString('hex')}`
}

function textPart(boundary: string, name: string, value: string | undefined): string {
  if (value === undefined) return ''
  // The names are ours and plain. A line break in a value can not end the part without the boundary,
  // but lenient parsers exist; no value we send needs one.
  if (!/^[a-z_]+$/.test(name) || /[\r\n\0]/.test(value)) {
    throw new TransferError('internal', {
      detail: `unusable form field ${name}`,
      neverArrived: true,
    })
  }
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
}

async function* slices(
  head: Uint8Array,
  file: Uint8Array,
  tail: Uint8Array,
  { signal, throttle, onProgress, onThrottle }: SliceHooks,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield head
  for (let start = 0; start < file.byteLength; start += SLICE_BYTES) {
    const slice = file.subarray(start, start + SLICE_BYTES)
    if (throttle !== undefined) {
      onThrottle?.(true)
      await throttle(slice.byteLength, signal)
      onThrottle?.(false)
    }
    yield slice
    // undici comes back for more when the socket has room again, so these bytes are on their way.
    onProgress?.(slice.byteLength)
  }
  yield tail
}
