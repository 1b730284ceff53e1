/**
 * Streams parts one after another with undici and nothing else: the form is Feidi's, but there is no
 * disk, no checksum, and no memory of what was sent.
 */
import { Agent, request } from 'undici'
import { frameMultipart } from '#main/feishu/http/multipart.ts'
import { BLOCK_BYTES } from '../kit/files.ts'
import { inputOf, sendResult } from '../kit/program.ts'

export interface UndiciInput {
  readonly baseUrl: string
  readonly appId: string
  readonly appSecret: string
  readonly parts: number
  readonly parentNode: string
}

const { baseUrl, appId, appSecret, parts, parentNode } = inputOf<UndiciInput>()
const dispatcher = new Agent({ connections: 1, pipelining: 1 })
const block = Buffer.alloc(BLOCK_BYTES)
const never = new AbortController().signal

async function post(path: string, headers: Record<string, string>, body: unknown) {
  const answer = await request(`${baseUrl}/open-apis/${path}`, {
    dispatcher,
    method: 'POST',
    headers,
    body: body as Buffer,
  })
  const envelope = (await answer.body.json()) as Answer
  if (envelope.code !== 0) throw new Error(`${path}: ${JSON.stringify(envelope)}`)
  return envelope
}

interface Answer {
  readonly code: number
  readonly tenant_access_token?: string
  readonly data?: { readonly upload_id: string }
}

function postJson(path: string, body: object, token = '') {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return post(path, headers, JSON.stringify(body))
}

const { tenant_access_token: token = '' } = await postJson('auth/v3/tenant_access_token/internal', {
  app_id: appId,
  app_secret: appSecret,
})
const { data } = await postJson(
  'drive/v1/medias/upload_prepare',
  {
    file_name: 'bench.bin',
    parent_type: 'bitable_file',
    parent_node: parentNode,
    size: parts * BLOCK_BYTES,
  },
  token,
)
for (let seq = 0; seq < parts; seq++) {
  const fields = {
    upload_id: data?.upload_id ?? '',
    seq: String(seq),
    size: String(BLOCK_BYTES),
    checksum: '1',
  }
  const form = frameMultipart({ fields, file: block })
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': form.contentType,
    'content-length': String(form.contentLength),
  }
  await post('drive/v1/medias/upload_part', headers, form.slices({ signal: never }))
}
await dispatcher.close()
await sendResult({ parts })
