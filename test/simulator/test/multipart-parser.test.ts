import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundaryOf, MultipartParser } from '../multipart-parser.ts'
import { Refusal } from '../refusal.ts'
import { BOUNDARY, formBody } from './raw-client.ts'

async function parse(chunks: readonly Buffer[], boundary = BOUNDARY) {
  const fields: [string, string][] = []
  const files: Buffer[] = []
  const parser = new MultipartParser(boundary, {
    field: (name, value) => void fields.push([name, value]),
    fileStart: () => void files.push(Buffer.alloc(0)),
    fileData: (chunk) => {
      files.push(Buffer.concat([files.pop() ?? Buffer.alloc(0), chunk]))
    },
    fileEnd: () => undefined,
  })
  for (const chunk of chunks) await parser.write(chunk)
  parser.end()
  return { fields, files }
}

function cut(body: Buffer, sizeBytes: number): Buffer[] {
  const count = Math.ceil(body.length / sizeBytes)
  return Array.from({ length: count }, (_, i) => body.subarray(i * sizeBytes, (i + 1) * sizeBytes))
}

describe('MultipartParser', () => {
  it('reads fields and binary whatever the bytes and however they are cut', async () => {
    // Line breaks and dashes are frequent, so that near misses of the delimiter are.
    const nasty = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('\r', '\r\n', '\r\n--', `\r\n--${BOUNDARY.slice(0, -1)}`, '--')
        .map((text) => Buffer.from(text)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(nasty, { maxLength: 12 })
          .map((list) => Buffer.concat(list))
          .filter((binary) => !binary.includes(`\r\n--${BOUNDARY}`)),
        fc.integer({ min: 1, max: 64 }),
        async (binary, chunkBytes) => {
          const body = formBody([
            ['seq', '7'],
            ['file', binary],
            ['name', '文件 😀 "x".txt'],
          ])
          const { fields, files } = await parse(cut(body, chunkBytes))
          expect(fields).toEqual([
            ['seq', '7'],
            ['name', '文件 😀 "x".txt'],
          ])
          expect(files).toEqual([binary])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('accepts the form of the official example, with a semicolon after the name', async () => {
    const body = `--x\r\nContent-Disposition: form-data; name="seq";\r\n\r\n0\r\n--x--`
    expect((await parse([Buffer.from(body)], 'x')).fields).toEqual([['seq', '0']])
  })

  it.each([
    ['a filename', '; filename="blob"', ''],
    ['a content type', '', '\r\nContent-Type: application/octet-stream'],
  ])('takes a part with %s for a binary', async (_, parameter, header) => {
    const head = `--x\r\nContent-Disposition: form-data; name="file"${parameter}${header}`
    const { fields, files } = await parse([Buffer.from(`${head}\r\n\r\nabc\r\n--x--`)], 'x')
    expect({ fields, files }).toEqual({ fields: [], files: [Buffer.from('abc')] })
  })

  const part = 'Content-Disposition: form-data; name="seq"\r\n\r\n0'
  it.each([
    ['nothing at all', '', 'not complete'],
    ['a preamble', `hello\r\n--x\r\n${part}\r\n--x--`, 'begin with the boundary'],
    ['another boundary', `--y\r\n${part}\r\n--y--`, 'begin with the boundary'],
    ['no closing boundary', `--x\r\n${part}\r\n`, 'not complete'],
    ['half a closing boundary', `--x\r\n${part}\r\n--x`, 'not complete'],
    ['bare line feeds', `--x\n${part.replaceAll('\r\n', '\n')}\n--x--`, 'boundary line'],
    ['something after the boundary', `--x \r\n${part}\r\n--x--`, 'boundary line'],
    ['bytes after the end', `--x\r\n${part}\r\n--x--\r\nmore`, 'after the closing boundary'],
    ['a byte after the end', `--x\r\n${part}\r\n--x--m`, 'goes on after its end'],
    ['a part without headers', '--x\r\n\r\n\r\n0\r\n--x--', 'part header'],
    ['no disposition', '--x\r\nA: b\r\n\r\n0\r\n--x--', 'content-disposition'],
    ['no name', `--x\r\n${part.replace('name', 'filename')}\r\n--x--`, 'no name'],
    [
      'another disposition',
      `--x\r\n${part.replace('form-data', 'inline')}\r\n--x--`,
      'disposition',
    ],
    ['a header without a colon', `--x\r\nnonsense\r\n${part}\r\n--x--`, 'part header'],
  ])('refuses %s', async (_, body, reason) => {
    const parsing = parse([Buffer.from(body, 'latin1')], 'x')
    await expect(parsing).rejects.toThrow(Refusal)
    await expect(parsing).rejects.toThrow(reason)
  })

  it('refuses a field that is not UTF-8', async () => {
    const head = Buffer.from('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n')
    const body = Buffer.concat([head, Buffer.from([0xff, 0xfe]), Buffer.from('\r\n--x--')])
    await expect(parse([body], 'x')).rejects.toThrow('UTF-8')
  })

  it('refuses endless headers and fields before it has read them', async () => {
    const header = [Buffer.from('--x\r\nA: '), Buffer.alloc(5_000, 0x61)]
    await expect(parse(header, 'x')).rejects.toThrow('too long')
    const head = Buffer.from('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n')
    await expect(parse([head, Buffer.alloc(70_000, 0x61)], 'x')).rejects.toThrow('too long')
  })
})

describe('boundaryOf', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['multipart/form-data; boundary=---7MA4YWxkTrZu0gW', '---7MA4YWxkTrZu0gW'],
    ['Multipart/Form-Data;boundary="a b"', 'a b'],
  ])('%s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary)
  })

  it.each([
    undefined,
    'application/json',
    'multipart/form-data',
    'multipart/mixed; boundary=a',
    `multipart/form-data; boundary=${'a'.repeat(71)}`,
  ])('refuses %s', (type) => {
    expect(() => boundaryOf(type)).toThrow(Refusal)
  })
})
