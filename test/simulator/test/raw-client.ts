/** A client without manners: it sends exactly what a test says. */
import type { Readable } from 'node:stream'
import { Agent, request } from 'undici'
import { DEFAULT_APP } from '../limits.ts'
import { SELF_SIGNED } from '../self-signed.ts'
import type { Simulator } from '../simulator.ts'

export interface RawAnswer {
  readonly status: number
  readonly code: number
  readonly msg: string
  readonly data: Record<string, unknown>
  /** The whole parsed body. */
  readonly json: Record<string, unknown>
  readonly headers: Record<string, string | string[] | undefined>
}

export interface RawText {
  readonly status: number
  readonly text: string
  readonly headers: RawAnswer['headers']
}

export interface RawRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer | Readable
  readonly signal?: AbortSignal
}

/** Fields in order; a Buffer becomes the binary part. */
export type FormFields = readonly (readonly [name: string, value: string | number | Buffer])[]

export const BOUNDARY = 'simulator-test-boundary'
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

/** The bytes of a multipart body. */
export function formBody(fields: FormFields): Buffer {
  const chunks: Buffer[] = []
  for (const [name, value] of fields) {
    const file = Buffer.isBuffer(value)
    const disposition = `form-data; name="${name}"${file ? '; filename="blob"' : ''}`
    chunks.push(Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: ${disposition}\r\n\r\n`))
    chunks.push(file ? value : Buffer.from(String(value)), Buffer.from('\r\n'))
  }
  return Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)])
}

/** Bytes that differ from place to place, so that a mix-up shows. */
export function patternBytes(sizeBytes: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(sizeBytes)
  for (let i = 0; i < sizeBytes; i++) bytes[i] = (i * 31 + (i >>> 8) * seed + seed) & 0xff
  return bytes
}

export class RawClient {
  readonly #baseUrl: string
  readonly #agent = new Agent({ connect: { ca: SELF_SIGNED.cert } })
  token = ''

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl
  }

  /** Signs in as an app; further calls carry its token. */
  async signIn(app: { id: string; secret: string } = DEFAULT_APP): Promise<RawAnswer> {
    const answer = await this.json('/auth/v3/tenant_access_token/internal', {
      app_id: app.id,
      app_secret: app.secret,
    })
    this.token = String(answer.json['tenant_access_token'] ?? '')
    return answer
  }

  async send(path: string, init: RawRequest): Promise<RawText> {
    const authorization = this.token === '' ? {} : { authorization: `Bearer ${this.token}` }
    const response = await request(`${this.#baseUrl}/open-apis${path}`, {
      method: 'POST',
      dispatcher: this.#agent,
      ...init,
      headers: { ...authorization, ...init.headers },
    })
    return {
      status: response.statusCode,
      text: await response.body.text(),
      headers: response.headers,
    }
  }

  async ask(path: string, init: RawRequest): Promise<RawAnswer> {
    const { status, text, headers } = await this.send(path, init)
    const json = JSON.parse(text) as Record<string, unknown>
    const { code, msg, data } = json as { code: number; msg: string; data: RawAnswer['data'] }
    return { status, code, msg, data: data ?? {}, json, headers }
  }

  get(path: string): Promise<RawAnswer> {
    return this.ask(path, { method: 'GET' })
  }

  json(path: string, body: unknown, init: RawRequest = {}): Promise<RawAnswer> {
    const headers = { 'content-type': 'application/json; charset=utf-8', ...init.headers }
    return this.ask(path, { ...init, headers, body: JSON.stringify(body) })
  }

  form(path: string, fields: FormFields, init: RawRequest = {}): Promise<RawAnswer> {
    const headers = { 'content-type': FORM_TYPE, ...init.headers }
    return this.ask(path, { ...init, headers, body: formBody(fields) })
  }

  /** A Drive upload in one call; `change` replaces fields, undefined leaves one out. */
  uploadAll(
    bytes: Buffer,
    change: Record<string, string | undefined> = {},
    family: 'files' | 'medias' = 'files',
    init: RawRequest = {},
  ): Promise<RawAnswer> {
    const point =
      family === 'files'
        ? { parent_type: 'explorer', parent_node: '' }
        : { parent_type: 'bitable_file', parent_node: 'bascnDemo' }
    const fields = { file_name: 'a.bin', ...point, size: String(bytes.length), ...change }
    return this.form(`/drive/v1/${family}/upload_all`, formFields(fields, bytes), init)
  }

  /** A media for a place; returns its token. */
  async uploadMedia(parentType: string, parentNode: string, bytes = patternBytes(100)) {
    const point = { parent_type: parentType, parent_node: parentNode }
    return String((await this.uploadAll(bytes, point, 'medias')).data['file_token'])
  }

  prepare(sizeBytes: number, change: Record<string, unknown> = {}): Promise<RawAnswer> {
    return this.json('/drive/v1/files/upload_prepare', {
      file_name: 'big.bin',
      parent_type: 'explorer',
      parent_node: '',
      size: sizeBytes,
      ...change,
    })
  }

  part(
    uploadId: unknown,
    seq: number,
    bytes: Buffer,
    change: Record<string, string | undefined> = {},
    init: RawRequest = {},
  ): Promise<RawAnswer> {
    const fields = { upload_id: String(uploadId), seq: String(seq), size: String(bytes.length) }
    const all = formFields({ ...fields, ...change }, bytes)
    return this.form('/drive/v1/files/upload_part', all, init)
  }

  finish(uploadId: unknown, blockCount: unknown): Promise<RawAnswer> {
    return this.json('/drive/v1/files/upload_finish', {
      upload_id: uploadId,
      block_num: blockCount,
    })
  }

  async close(): Promise<void> {
    await this.#agent.destroy()
  }
}

function formFields(fields: Record<string, string | undefined>, bytes: Buffer): FormFields {
  const given = Object.entries(fields).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return [...given, ['file', bytes]]
}

/** A client that is signed in as an app, the default one if none is named. */
export async function connect(
  simulator: Pick<Simulator, 'baseUrl'>,
  app?: { id: string; secret: string },
): Promise<RawClient> {
  const client = new RawClient(simulator.baseUrl)
  await client.signIn(app)
  return client
}
