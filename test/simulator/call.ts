/** One call while it is being served: what handlers read it through. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Identity } from './accounts.ts'
import type { Blob, BlobWriter } from './blob-store.ts'
import type { OpenCall } from './call-log.ts'
import type { FaultAction } from './faults.ts'
import { boundaryOf, MultipartParser } from './multipart-parser.ts'
import { Refusal, type RefusalCode } from './refusal.ts'
import type { RequestBody } from './request-body.ts'

/** Thrown to end a call without an answer. */
export class Hangup extends Error {
  readonly kind: 'reset' | 'stall'

  constructor(kind: 'reset' | 'stall') {
    super(`the call ends with a ${kind}`)
    this.kind = kind
  }
}

/** The facts a call gives about itself, for the record and for faults. */
export interface CallFacts {
  readonly uploadId?: string | undefined
  readonly seq?: number | undefined
  readonly fileName?: string | undefined
}

export interface CallContext {
  readonly record: OpenCall
  readonly identity: Identity
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: RequestBody
  /** The answer to a malformed JSON body. */
  readonly badBody: RefusalCode
  /** The fault that befalls the call, as far as its head tells. */
  readonly fault: FaultAction | undefined
  /** Completes the record from the fields and returns the fault that strikes, if any. */
  readonly identifyCall: (facts: CallFacts) => FaultAction | undefined
}

interface FormSpec {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** Opens the place for the binary; `fields` holds what came before it. */
  readonly openFile: (fields: ReadonlyMap<string, string>) => BlobWriter
}

export interface Form {
  readonly fields: ReadonlyMap<string, string>
  readonly file: Blob
}

export class Call {
  readonly record: OpenCall
  readonly identity: Identity
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly #context: CallContext
  readonly #body: RequestBody
  #fault: FaultAction | undefined
  #identified = false
  #share = 0

  constructor(context: CallContext) {
    this.record = context.record
    this.identity = context.identity
    this.params = context.params
    this.query = context.query
    this.#context = context
    this.#body = context.body
    this.#fault = context.fault
    this.#body.onProgress = (share) => {
      this.#share = share
      this.#strike()
    }
    this.#strike()
  }

  get headers(): IncomingHttpHeaders {
    return this.#context.headers
  }

  get fault(): FaultAction | undefined {
    return this.#fault
  }

  /**
   * Reads a multipart body: all `required` fields, perhaps the `optional` ones, nothing else, each once,
   * and a binary named `file`. Anything else is 1061002.
   */
  async readForm(spec: FormSpec): Promise<Form> {
    this.#body.requireLength()
    const fields = new Map<string, string>()
    let writer: BlobWriter | undefined
    const parser = new MultipartParser(boundaryOf(this.#context.headers['content-type']), {
      field: (name, value) => {
        if (fields.has(name)) throw new Refusal(1061002, `${name} is given twice`)
        if (![...spec.required, ...spec.optional].includes(name)) {
          throw new Refusal(1061002, `unknown field ${name}`)
        }
        fields.set(name, value)
      },
      fileStart: (name) => {
        if (name !== 'file' || writer !== undefined) throw new Refusal(1061002, 'one file expected')
        this.#identify(fields, false)
        writer = spec.openFile(fields)
      },
      fileData: (chunk) => writer?.write(chunk),
      fileEnd: () => undefined,
    })
    try {
      for await (const chunk of this.#body.chunks()) await parser.write(chunk)
      parser.end()
      this.#identify(fields, true)
      const missing = spec.required.find((name) => !fields.has(name))
      if (missing !== undefined) throw new Refusal(1061002, `${missing} is missing`)
      if (writer === undefined) throw new Refusal(1061002, 'file is missing')
      return { fields, file: await writer.finish() }
    } catch (error) {
      await writer?.discard()
      throw error
    }
  }

  /** Reads a JSON object; a wrong content type, bad JSON and unknown or missing keys are refused (1061002 mostly). */
  async readJson<Key extends string>(
    required: readonly Key[],
    optional: readonly Key[] | 'any' = [],
  ): Promise<Partial<Record<Key, unknown>>> {
    const { badBody } = this.#context
    if (!/^application\/json\s*(;|$)/i.test(this.contentType)) {
      throw new Refusal(badBody, 'application/json expected')
    }
    const chunks: Buffer[] = []
    for await (const chunk of this.#body.chunks()) chunks.push(chunk)
    const body = parseObject(Buffer.concat(chunks).toString('utf8'), badBody)
    this.#identify(new Map(Object.entries(body)), true)
    const missing = required.find((key) => !(key in body))
    if (missing !== undefined) throw new Refusal(badBody, `${missing} is missing`)
    const known: readonly string[] = [...required, ...(optional === 'any' ? [] : optional)]
    const unknown = Object.keys(body).find((key) => optional !== 'any' && !known.includes(key))
    if (unknown !== undefined) throw new Refusal(badBody, `unknown field ${unknown}`)
    return body as Partial<Record<Key, unknown>>
  }

  /** Reads a JSON object or a form of the web, whichever the body says it is: OAuth takes both. */
  async readFields(): Promise<Readonly<Record<string, string>>> {
    const chunks: Buffer[] = []
    for await (const chunk of this.#body.chunks()) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const entries = this.isForm
      ? [...new URLSearchParams(text)]
      : Object.entries(parseObject(text, this.#context.badBody))
    this.#identify(new Map(entries), true)
    return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
  }

  get isForm(): boolean {
    return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(this.contentType)
  }

  get contentType(): string {
    return this.#context.headers['content-type'] ?? ''
  }

  /** The address by which the client reaches the simulator. */
  get origin(): string {
    return `http://${this.#context.headers.host}`
  }

  get authorization(): string | undefined {
    return this.#context.headers.authorization
  }

  /** The body has come to its end: faults that should have struck during it do so now. */
  async endOfBody(): Promise<void> {
    await this.#body.drain()
    this.#share = 1
    this.#strike()
  }

  /** Takes note of who the call is about. Faults by seq and name need the fields, so they strike from here on. */
  #identify(fields: ReadonlyMap<string, unknown>, complete: boolean): void {
    if (this.#identified) return
    const facts = factsOf(fields)
    // With the binary in front of the fields there is not enough to tell yet.
    const enough = facts.fileName !== undefined || facts.seq !== undefined
    if (!complete && !enough) return
    this.#identified = true
    const fault = this.#context.identifyCall(facts)
    this.#fault ??= fault
    this.#strike()
  }

  #strike(): void {
    if (this.#hangsUp('before-body') || (this.#share >= 0.5 && this.#hangsUp('mid-body'))) {
      throw new Hangup(this.#fault?.kind as 'reset' | 'stall')
    }
  }

  #hangsUp(where: 'before-body' | 'mid-body'): boolean {
    const fault = this.#fault
    return (fault?.kind === 'reset' || fault?.kind === 'stall') && fault.where === where
  }
}

function factsOf(fields: ReadonlyMap<string, unknown>): CallFacts {
  const text = (key: string) => {
    const value = fields.get(key)
    return typeof value === 'string' ? value : undefined
  }
  const seq = Number(text('seq') ?? Number.NaN)
  return {
    uploadId: text('upload_id'),
    fileName: text('file_name') ?? text('name'),
    seq: Number.isInteger(seq) ? seq : undefined,
  }
}

function parseObject(text: string, badBody: RefusalCode): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal(badBody, 'the body is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(badBody, 'a JSON object expected')
  }
  return value as Record<string, unknown>
}
