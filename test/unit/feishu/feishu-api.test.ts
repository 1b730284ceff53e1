import { getEventListeners } from 'node:events'
import { Busboy } from '@fastify/busboy'
import { describe, expect, it } from 'vitest'
import { SLICE_BYTES } from '#main/feishu/http/multipart.ts'
import type { UploadPoint } from '#shared/model/transfer.ts'
import {
  FOLDER,
  failureOf,
  openApi,
  plain,
  type SeenRequest,
  sendJson,
  sendPart,
  startServer,
} from './scripted-server.ts'

const MEDIA: UploadPoint = { family: 'medias', parentType: 'docx_file', parentNode: 'doxcnBlock' }

function fieldsOf(request: SeenRequest | undefined): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {}
    const type = request?.headers['content-type'] ?? ''
    const parser = new Busboy({ headers: { 'content-type': type } })
    parser.on('field', (name, value) => {
      fields[name] = value
    })
    parser.on('file', (_name, stream) => {
      stream.on('data', (chunk: Buffer) => {
        fields['file'] = (fields['file'] ?? '') + chunk.toString()
      })
    })
    parser.on('finish', () => resolve(fields)).on('error', reject)
    parser.end(request?.body)
  })
}

function jsonOf(request: SeenRequest | undefined): unknown {
  return JSON.parse(request?.body.toString() ?? '')
}

async function answering(data: unknown) {
  const server = await startServer((_request, response) => sendJson(response, { code: 0, data }))
  return { server, api: openApi(server.url) }
}

describe('uploadAll', () => {
  it('sends name, place, size and unsigned checksum before the file, to the family of the point', async () => {
    const { server, api } = await answering({ file_token: 'boxcnNew' })
    const result = await api.uploadAll(
      {
        point: FOLDER,
        fileName: 're\u0301sume\u0301 "终版" 🎉.txt',
        bytes: Buffer.from('hello'),
        checksum: -1,
      },
      plain(),
    )
    expect(result).toEqual({ fileToken: 'boxcnNew' })
    const [request] = server.seen
    expect(request?.url).toBe('/open-apis/drive/v1/files/upload_all')
    expect(request?.headers).toMatchObject({ authorization: 'Bearer u-secret-token-0001' })
    expect(request?.headers['transfer-encoding']).toBeUndefined()
    expect(Number(request?.headers['content-length'])).toBe(request?.body.byteLength)
    expect(await fieldsOf(request)).toEqual({
      file_name: 'r\u00e9sum\u00e9 "终版" 🎉.txt',
      parent_type: 'explorer',
      parent_node: 'fldcnTarget',
      size: '5',
      checksum: '4294967295',
      file: 'hello',
    })
  })

  it.each([
    ['https://example.feishu.cn/file/box', 'https://example.feishu.cn/file/box'],
    ['javascript:alert(1)', undefined],
    ['http://example.feishu.cn/file/box', undefined],
    [7, undefined],
    [null, undefined],
  ])('keeps the page %j only if it is one', async (url, kept) => {
    const { api } = await answering({ file_token: 'box', version: '71', url })
    const request = { point: FOLDER, fileName: 'a', bytes: Buffer.from('x'), checksum: 1 }
    expect(await api.uploadAll(request, plain())).toEqual({
      ...{ fileToken: 'box', version: '71' },
      ...(kept && { url: kept }),
    })
  })

  it.each([
    [{ family: 'files', parentType: 'explorer', parentNode: '' }, { parent_node: '' }],
    [
      {
        ...{ family: 'medias', parentType: 'ccm_import_open', parentNode: '' },
        document: { type: 'docx', extension: 'md', folderToken: 'fld1' },
      },
      { extra: '{"obj_type":"docx","file_extension":"md"}' },
    ],
    [MEDIA, { parent_node: 'doxcnBlock' }],
    [
      { family: 'medias', parentType: 'docx_image', parentNode: 'blk1', route: 'doxcn1' },
      { parent_node: 'blk1', extra: '{"drive_route_token":"doxcn1"}' },
    ],
  ] as [UploadPoint, object][])('names the place as %j needs it', async (point, expected) => {
    const { server, api } = await answering({ file_token: 't' })
    await api.uploadAll({ point, fileName: 'a', bytes: Buffer.from('x'), checksum: 1 }, plain())
    const { parent_node, extra } = await fieldsOf(server.seen[0])
    const sent = {
      ...(parent_node !== undefined && { parent_node }),
      ...(extra !== undefined && { extra }),
    }
    expect(sent).toEqual(expected)
    expect(server.seen[0]?.url).toBe(`/open-apis/drive/v1/${point.family}/upload_all`)
  })
})

describe('prepare', () => {
  const ask = { point: MEDIA, fileName: '大\n文件.mov', sizeBytes: 10 * 1024 * 1024 }
  const plan = { upload_id: '7111211691345512356', block_size: 4 * 1024 * 1024, block_num: 3 }

  it("takes the server's plan and keeps the id as text", async () => {
    const { server, api } = await answering(plan)
    expect(await api.prepare(ask, plain())).toEqual({
      uploadId: '7111211691345512356',
      blockSizeBytes: 4 * 1024 * 1024,
      blockCount: 3,
    })
    expect(server.seen[0]?.url).toBe('/open-apis/drive/v1/medias/upload_prepare')
    expect(server.seen[0]?.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(jsonOf(server.seen[0])).toEqual({
      file_name: '大_文件.mov',
      parent_type: 'docx_file',
      parent_node: 'doxcnBlock',
      size: 10485760,
    })
  })

  it.each([
    { block_num: 2 },
    { block_num: 4 },
    { block_num: 0 },
    { block_num: -3 },
    { block_num: 2.5 },
    { block_num: '3' },
    { block_size: 0 },
    { block_size: null },
    { block_size: 4194304.5 },
    { block_size: 2 ** 40, block_num: 1 },
    { upload_id: 7111211691345512000 },
    { upload_id: '' },
    { upload_id: 'a\r\nb' },
  ])('refuses a plan with %j', async (change) => {
    const { api } = await answering({ ...plan, ...change })
    expect(await failureOf(api.prepare(ask, plain()))).toMatchObject({ code: 'plan-invalid' })
  })
})

it('sendPart names the transaction, the seq and the part', async () => {
  const { server, api } = await answering({})
  const request = {
    point: FOLDER,
    uploadId: '7111211691345512356',
    seq: 12,
    bytes: Buffer.from('abc'),
    checksum: 3248270248,
  }
  expect(await api.sendPart(request, plain())).toBeUndefined()
  expect(server.seen[0]?.url).toBe('/open-apis/drive/v1/files/upload_part')
  expect(await fieldsOf(server.seen[0])).toEqual({
    upload_id: '7111211691345512356',
    seq: '12',
    size: '3',
    checksum: '3248270248',
    file: 'abc',
  })
})

it("finish gives back the server's own count", async () => {
  const { server, api } = await answering({ file_token: 'boxcnNew', extra_member: 1 })
  const result = await api.finish({ point: FOLDER, uploadId: '711', blockCount: 3 }, plain())
  expect(result).toEqual({ fileToken: 'boxcnNew' })
  expect(jsonOf(server.seen[0])).toEqual({ upload_id: '711', block_num: 3 })
})

describe('listFolder', () => {
  it('asks for the largest page and passes the page token on', async () => {
    const row = {
      token: 'boxcn1',
      name: 'a.txt',
      type: 'file',
      url: 'https://x/1',
      created_time: '1700000000',
    }
    const { server, api } = await answering({
      files: [row, { token: 'f', name: '', type: 'folder' }],
      has_more: true,
      next_page_token: 'p 2&',
    })
    expect(await api.listFolder({ folderToken: 'fldcn/1' }, plain())).toEqual({
      files: [
        {
          token: 'boxcn1',
          name: 'a.txt',
          type: 'file',
          url: 'https://x/1',
          createdAtMs: 1700000000000,
        },
        { token: 'f', name: '', type: 'folder' },
      ],
      nextPageToken: 'p 2&',
    })
    await api.listFolder({ folderToken: 'fldcn/1', pageToken: 'p 2&' }, plain())
    const queries = server.seen.map(({ url }) =>
      Object.fromEntries(new URL(url, 'http://x').searchParams),
    )
    expect(queries).toEqual([
      { folder_token: 'fldcn/1', page_size: '200' },
      { folder_token: 'fldcn/1', page_size: '200', page_token: 'p 2&' },
    ])
  })

  it('asks for the root without pages', async () => {
    const { server, api } = await answering({ has_more: false, next_page_token: '' })
    expect(await api.listFolder({ folderToken: '' }, plain())).toEqual({ files: [] })
    expect(server.seen[0]?.url).toBe('/open-apis/drive/v1/files')
  })

  it('refuses a page that has more but does not say where', async () => {
    const { api } = await answering({ files: [], has_more: true })
    expect(await failureOf(api.listFolder({ folderToken: 'f' }, plain()))).toMatchObject({
      code: 'bad-response',
    })
  })
})

it('createFolder makes a folder below its parent', async () => {
  const { server, api } = await answering({ token: 'fldcnNew', url: 'https://x/f' })
  const result = await api.createFolder({ parentToken: '', name: '项目' }, plain())
  expect(result).toEqual({ token: 'fldcnNew', url: 'https://x/f' })
  expect(server.seen[0]?.url).toBe('/open-apis/drive/v1/files/create_folder')
  expect(jsonOf(server.seen[0])).toEqual({ name: '项目', folder_token: '' })
})

describe('every call', () => {
  it('tells how far the body is: the file, no more, and never backwards', async () => {
    const { api } = await answering({})
    const bytes = Buffer.alloc(1024 * 1024 + 17)
    const steps: number[] = []
    await sendPart(api, bytes, { ...plain(), onProgress: (step) => steps.push(step) })
    expect(steps.every((step) => step > 0)).toBe(true)
    expect(steps.reduce((sum, step) => sum + step, 0)).toBe(bytes.byteLength)
  })

  it('says when its head goes out: once, on a connection that is ready', async () => {
    const { server, api } = await answering({})
    const log: string[] = []
    server.server.once('connection', () => log.push('connected'))
    server.server.once('request', () => log.push('head arrived'))
    await sendPart(api, Buffer.from('x'), { ...plain(), onSent: () => log.push('sent') })
    expect(log.filter((entry) => entry === 'sent')).toHaveLength(1)
    expect(log.indexOf('sent')).toBeLessThan(log.indexOf('head arrived'))
  })

  it('waits for the bandwidth limit, and stops waiting when it is cancelled', async () => {
    const { server, api } = await answering({})
    const stop = new AbortController()
    const asked: number[] = []
    const call = sendPart(api, Buffer.alloc(3 * SLICE_BYTES), {
      signal: stop.signal,
      throttle: (bytes, signal) => {
        asked.push(bytes)
        if (asked.length < 3) return Promise.resolve()
        queueMicrotask(() => stop.abort('paused'))
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        })
      },
    })
    await expect(call).rejects.toBe('paused')
    expect(asked).toEqual([SLICE_BYTES, SLICE_BYTES, SLICE_BYTES])
    expect(server.seen).toEqual([])
  })

  it('keeps its connection for the next one, and opens a fresh one after a reset', async () => {
    const { server, api } = await answering({})
    for (let i = 0; i < 3; i++) await sendPart(api, Buffer.from('x'))
    expect(server.sockets).toHaveLength(1)
    await api.resetConnections()
    await sendPart(api, Buffer.from('x'))
    expect(server.sockets).toHaveLength(2)
  })

  it('runs beside nine others', async () => {
    const waiting: (() => void)[] = []
    const server = await startServer((_request, response) => {
      waiting.push(() => sendJson(response, { code: 0, data: {} }))
      // No call is answered before all ten are here.
      if (waiting.length === 10) for (const answer of waiting) answer()
    })
    const api = openApi(server.url)
    await Promise.all(Array.from({ length: 10 }, () => sendPart(api, Buffer.from('x'))))
    expect(server.sockets).toHaveLength(10)
  })

  it('leaves nothing on a signal that lives as long as the program', async () => {
    const { api } = await answering({})
    const { signal } = new AbortController()
    for (let i = 0; i < 3; i++) await sendPart(api, Buffer.from('x'), { signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('goes below a prefix and learns the clock of the server', async () => {
    const server = await startServer((_request, response) => {
      response.setHeader('date', new Date(Date.now() + 600_000).toUTCString())
      sendJson(response, { code: 0, data: {} })
    })
    const api = openApi(`${server.url}/gateway/open-apis/`)
    expect(api.clockOffsetMs).toBeUndefined()
    await sendPart(api, Buffer.from('x'))
    expect(server.seen[0]?.url).toBe('/gateway/open-apis/drive/v1/files/upload_part')
    expect(Math.abs((api.clockOffsetMs ?? 0) - 600_000)).toBeLessThan(10_000)
  })

  it('is logged without anything secret', async () => {
    const server = await startServer((_request, response) =>
      sendJson(response, { code: 1061004, msg: 'forbidden' }, 403),
    )
    const records: unknown[] = []
    const api = openApi(server.url, { log: (record) => records.push(record) })
    await failureOf(sendPart(api, Buffer.from('x')))
    expect(records).toMatchObject([
      { endpoint: 'drive/v1/files/upload_part', seq: 3, failure: { code: 1061004 } },
    ])
    expect(JSON.stringify(records)).not.toContain('secret')
  })
})

it('has an identity that names the app and the host, and nothing else', () => {
  const app = { kind: 'app', appId: 'cli_a1', appSecret: 's3cr3t-s3cr3t' } as const
  expect(openApi('https://open.larksuite.com', { credentials: app }).identity).toBe(
    'app:cli_a1@open.larksuite.com',
  )
  expect(openApi('http://127.0.0.1:1').identity).toBe('access-token@127.0.0.1:1')
})

describe('a token in the path of a call', () => {
  it('stays one step of it, whatever it holds', async () => {
    const { server, api } = await answering({ document: { title: 'a', revision_id: 1 } })
    await api.document({ documentId: '../a?b#c' }, plain())
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/open-apis/docx/v1/documents/..%2Fa%3Fb%23c',
    ])
  })

  it.each(['', '.', '..'])(
    'is refused where it would lead to another call: %j',
    async (documentId) => {
      const { server, api } = await answering({ document: { title: 'a', revision_id: 1 } })
      expect(await failureOf(api.document({ documentId }, plain()))).toMatchObject({
        code: 'destination-invalid',
      })
      expect(server.seen.map(({ url }) => url)).toEqual([])
    },
  )
})
