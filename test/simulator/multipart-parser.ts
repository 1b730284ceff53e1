/**
 * A strict streaming reader of multipart/form-data (RFC 7578). Lenient parsers accept bodies that the
 * platform answers with 1061002, so this one takes only the exact form: the delimiter first, a
 * Content-Disposition in every part, the closing delimiter, and nothing after it but a line break.
 */
import { Refusal } from './refusal.ts'

const HEADER_LIMIT_BYTES = 4 * 1024
const FIELD_LIMIT_BYTES = 64 * 1024
const BOUNDARY = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]{1,70})"|([^\s";,]{1,70}))\s*;?$/i
const DISPOSITION = /^form-data((?:\s*;\s*[a-z*]+=(?:"(?:[^"\\]|\\.)*"|[^\s";]+))+)\s*;?$/i
const PARAMETER = /;\s*([a-z*]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s";]+))/gi

interface FormSink {
  /** A text field is complete. */
  field(name: string, value: string): void
  /** The part with the binary begins. */
  fileStart(name: string): void | Promise<void>
  /** The next bytes of the binary; the buffer may be kept. */
  fileData(chunk: Buffer): void | Promise<void>
  fileEnd(): void | Promise<void>
}

/** The boundary of a multipart content type; refuses any other content type (1061002). */
export function boundaryOf(contentType: string | undefined): string {
  const match = BOUNDARY.exec(contentType ?? '')
  const boundary = match?.[1] ?? match?.[2]
  if (boundary === undefined)
    throw new Refusal(1061002, 'multipart/form-data with a boundary expected')
  return boundary
}

type State = 'first-delimiter' | 'after-delimiter' | 'headers' | 'field' | 'file' | 'end'

/** Takes body chunks in order and hands fields and binary on to `sink`. Call `end` after the last one. */
export class MultipartParser {
  readonly #delimiter: Buffer
  readonly #sink: FormSink
  #state: State = 'first-delimiter'
  #rest: Buffer = Buffer.alloc(0)
  #fieldName = ''
  #fieldChunks: Buffer[] = []
  #fieldBytes = 0

  constructor(boundary: string, sink: FormSink) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
    this.#sink = sink
  }

  async write(chunk: Buffer): Promise<void> {
    let data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    while (data.length > 0) {
      const taken = await this.#step(data)
      if (taken === 0) break
      data = data.subarray(taken)
    }
    this.#rest = data
  }

  end(): void {
    const tail = this.#rest.toString('latin1')
    if (this.#state !== 'end' || (tail !== '' && tail !== '\r\n')) {
      throw new Refusal(1061002, 'the multipart body is not complete or goes on after its end')
    }
  }

  /** Consumes a stretch of `data` and says how long it was; 0 asks for more bytes. */
  #step(data: Buffer): number | Promise<number> {
    switch (this.#state) {
      case 'first-delimiter':
        return this.#firstDelimiter(data)
      case 'after-delimiter':
        return this.#afterDelimiter(data)
      case 'headers':
        return this.#headers(data)
      case 'field':
      case 'file':
        return this.#content(data)
      case 'end':
        if (data.length > 2) throw new Refusal(1061002, 'bytes after the closing boundary')
        return 0
    }
  }

  #firstDelimiter(data: Buffer): number {
    const opening = this.#delimiter.subarray(2)
    if (data.length < opening.length) return 0
    if (!data.subarray(0, opening.length).equals(opening)) {
      throw new Refusal(1061002, 'the body does not begin with the boundary')
    }
    this.#state = 'after-delimiter'
    return opening.length
  }

  #afterDelimiter(data: Buffer): number {
    if (data.length < 2) return 0
    const mark = data.toString('latin1', 0, 2)
    if (mark === '\r\n') this.#state = 'headers'
    else if (mark === '--') this.#state = 'end'
    else throw new Refusal(1061002, 'malformed boundary line')
    return 2
  }

  async #headers(data: Buffer): Promise<number> {
    const end = data.indexOf('\r\n\r\n')
    if (end > HEADER_LIMIT_BYTES || (end < 0 && data.length > HEADER_LIMIT_BYTES)) {
      throw new Refusal(1061002, 'part headers are too long')
    }
    if (end < 0) return 0
    const { name, isFile } = readPartHeaders(data.toString('utf8', 0, end))
    if (isFile) {
      this.#state = 'file'
      await this.#sink.fileStart(name)
    } else {
      this.#state = 'field'
      this.#fieldName = name
      this.#fieldChunks = []
      this.#fieldBytes = 0
    }
    return end + 4
  }

  async #content(data: Buffer): Promise<number> {
    const at = data.indexOf(this.#delimiter)
    if (at >= 0) {
      if (at > 0) await this.#pass(data.subarray(0, at))
      await this.#contentEnd()
      this.#state = 'after-delimiter'
      return at + this.#delimiter.length
    }
    const safe = data.length - partialMatchLength(data, this.#delimiter)
    if (safe > 0) await this.#pass(data.subarray(0, safe))
    return safe
  }

  #pass(chunk: Buffer): void | Promise<void> {
    if (this.#state === 'file') return this.#sink.fileData(chunk)
    this.#fieldBytes += chunk.length
    if (this.#fieldBytes > FIELD_LIMIT_BYTES) throw new Refusal(1061002, 'a field is too long')
    this.#fieldChunks.push(chunk)
  }

  #contentEnd(): void | Promise<void> {
    if (this.#state === 'file') return this.#sink.fileEnd()
    this.#sink.field(this.#fieldName, decodeUtf8(Buffer.concat(this.#fieldChunks)))
  }
}

/** Returns how many bytes at the end of `data` could be the beginning of `delimiter`. */
function partialMatchLength(data: Buffer, delimiter: Buffer): number {
  let from = Math.max(0, data.length - delimiter.length + 1)
  for (;;) {
    const at = data.indexOf(0x0d, from)
    if (at < 0) return 0
    const length = data.length - at
    if (data.subarray(at).equals(delimiter.subarray(0, length))) return length
    from = at + 1
  }
}

function readPartHeaders(text: string): { name: string; isFile: boolean } {
  const headers = new Map<string, string>()
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon < 1) throw new Refusal(1061002, 'malformed part header')
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  const parameters = DISPOSITION.exec(headers.get('content-disposition') ?? '')?.[1]
  if (parameters === undefined) throw new Refusal(1061002, 'malformed content-disposition')
  const values = new Map<string, string>()
  for (const [, key = '', quoted, plain] of parameters.matchAll(PARAMETER)) {
    values.set(key.toLowerCase(), quoted ?? plain ?? '')
  }
  const name = values.get('name')
  if (name === undefined) throw new Refusal(1061002, 'a part has no name')
  // The examples of the upload pages give the binary a content type but no filename; clients may send either.
  const isFile = values.has('filename') || values.has('filename*') || headers.has('content-type')
  return { name, isFile }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Refusal(1061002, 'a field is not UTF-8')
  }
}
