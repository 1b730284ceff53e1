import { Busboy } from '@fastify/busboy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  frameMultipart,
  type MultipartBody,
  type MultipartForm,
  SLICE_BYTES,
} from '#main/feishu/http/multipart.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'

const signal = new AbortController().signal

async function collect(form: MultipartForm, boundary?: string) {
  const body = frameMultipart(form, boundary)
  const slices = await slicesOf(body)
  return { body, slices, bytes: Buffer.concat(slices) }
}

async function slicesOf(body: MultipartBody): Promise<Uint8Array[]> {
  const slices: Uint8Array[] = []
  for await (const slice of body.slices({ signal })) slices.push(slice)
  return slices
}

/** Reads a body back with a parser that is not ours. */
function parse(contentType: string, bytes: Buffer) {
  return new Promise<{ fields: [string, string][]; file: Buffer; name: string; type: string }>(
    (resolve, reject) => {
      const parser = new Busboy({ headers: { 'content-type': contentType } })
      const fields: [string, string][] = []
      const chunks: Buffer[] = []
      let name = ''
      let type = ''
      parser.on('field', (field, value) => fields.push([field, value]))
      parser.on('file', (_field, stream, fileName, _encoding, mimeType) => {
        name = fileName
        type = mimeType
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      })
      parser.on('finish', () => resolve({ fields, file: Buffer.concat(chunks), name, type }))
      parser.on('error', reject)
      parser.end(bytes)
    },
  )
}

describe('frameMultipart', () => {
  it('frames a form byte for byte', async () => {
    const form = {
      fields: { file_name: '季度报表 "终版".xlsx', size: '5', extra: undefined },
      file: Buffer.from('a\r\n-b'),
    }
    const { bytes, body } = await collect(form, 'BB')
    expect(bytes.toString()).toBe(
      [
        '--BB',
        'Content-Disposition: form-data; name="file_name"',
        '',
        '季度报表 "终版".xlsx',
        '--BB',
        'Content-Disposition: form-data; name="size"',
        '',
        '5',
        '--BB',
        'Content-Disposition: form-data; name="file"; filename="blob"',
        'Content-Type: application/octet-stream',
        '',
        'a\r\n-b',
        '--BB--',
        '',
      ].join('\r\n'),
    )
    expect(body.contentType).toBe('multipart/form-data; boundary=BB')
    expect(body.contentLength).toBe(bytes.byteLength)
    expect(body.payloadEnd).toBe(bytes.byteLength - '\r\n--BB--\r\n'.length)
  })

  it("hands out the caller's own memory in slices, without a copy", async () => {
    const file = Buffer.alloc(2 * SLICE_BYTES + 1)
    const { slices } = await collect({ fields: {}, file })
    expect(slices.slice(1, -1).map((slice) => slice.byteLength)).toEqual([
      SLICE_BYTES,
      SLICE_BYTES,
      1,
    ])
    for (const slice of slices.slice(1, -1)) expect(slice.buffer).toBe(file.buffer)
  })

  it.each([0, 1, SLICE_BYTES, SLICE_BYTES + 1])('frames a file of %d bytes', async (length) => {
    const { body, bytes } = await collect({ fields: { seq: '0' }, file: Buffer.alloc(length, 7) })
    expect(bytes.byteLength).toBe(body.contentLength)
    expect((await parse(body.contentType, bytes)).file).toEqual(Buffer.alloc(length, 7))
  })

  it('asks the throttle before each slice and reports it afterwards; framing counts for neither', async () => {
    const log: string[] = []
    const { slices } = frameMultipart({ fields: {}, file: Buffer.alloc(SLICE_BYTES + 10) })
    const hooks = {
      signal,
      throttle: async (bytes: number) => void log.push(`ask ${bytes}`),
      onThrottle: (waiting: boolean) => void log.push(waiting ? 'wait' : 'go'),
      onProgress: (bytes: number) => void log.push(`sent ${bytes}`),
    }
    for await (const slice of slices(hooks))
      log.push(`slice ${slice.byteLength > 100 ? 'big' : 'small'}`)
    const turn = (size: string, bytes: number) => [
      'wait',
      `ask ${bytes}`,
      'go',
      `slice ${size}`,
      `sent ${bytes}`,
    ]
    const big = turn('big', SLICE_BYTES)
    expect(log.slice(1, -1)).toEqual([...big, ...turn('small', 10)])
  })

  it('can be read again for a repeated request, each time the same', async () => {
    const body = frameMultipart({ fields: { seq: '1' }, file: Buffer.from('abc') })
    expect(await slicesOf(body)).toEqual(await slicesOf(body))
  })

  it('makes a new boundary each time, and one that every parser takes', () => {
    const types = Array.from(
      { length: 100 },
      () => frameMultipart({ fields: {}, file: Buffer.alloc(0) }).contentType,
    )
    expect(new Set(types).size).toBe(100)
    for (const type of types)
      expect(type).toMatch(/^multipart\/form-data; boundary=[a-z0-9-]{20,70}$/)
  })

  it.each([
    'a\rb',
    'a\nb',
    'a\0b',
    'x\r\n--BB\r\nContent-Disposition: form-data; name="size"\r\n\r\n1',
  ])('refuses a field value with a line break or NUL: %j', (value) => {
    const frame = () =>
      frameMultipart({ fields: { parent_node: value }, file: Buffer.alloc(0) }, 'BB')
    expect(frame).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('is read back unchanged by another parser, whatever name and bytes', async () => {
    const property = fc.asyncProperty(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
      fc.uint8Array({ maxLength: 3000 }),
      async (name, file) => {
        const fields = { file_name: remoteName(name), parent_node: '', size: String(file.length) }
        const { body, bytes } = await collect({ fields, file })
        expect(bytes.byteLength).toBe(body.contentLength)
        const parsed = await parse(body.contentType, bytes)
        expect(parsed.fields).toEqual(Object.entries(fields))
        expect(parsed).toMatchObject({ name: 'blob', type: 'application/octet-stream' })
        expect(Buffer.compare(parsed.file, file)).toBe(0)
      },
    )
    await fc.assert(property, { numRuns: 200 })
  })
})

describe('remoteName', () => {
  it.each([
    ['报告 2026.pdf', '报告 2026.pdf'],
    ['📄👩‍👩‍👧 "a" 100%.txt', '📄👩‍👩‍👧 "a" 100%.txt'],
    ['re\u0301sume\u0301.doc', 'r\u00e9sum\u00e9.doc'],
    ['\u1112\u1161\u11ab.hwp', '\ud55c.hwp'],
    ['a\r\nb\tc\u0000d\u007fe\u0085f', 'a__b_c_d_e_f'],
    ['lone \ud83d end', 'lone \ufffd end'],
    ['back\\slash; name="x"', 'back\\slash; name="x"'],
  ])('sends %j as %j', (name, sent) => {
    expect(remoteName(name)).toBe(sent)
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const once = remoteName(name)
        return remoteName(once) === once && once.isWellFormed() && !/\p{Cc}/u.test(once)
      }),
    )
  })
})
