import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import ADLER32 from 'adler-32'
import { describe, expect, it } from 'vitest'
import { MiB, ROOT_FOLDER_TOKEN } from '../limits.ts'
import { setUp } from './fixture.ts'
import { FORM_TYPE, formBody, patternBytes } from './raw-client.ts'

const bytes = patternBytes(1_000)

describe('upload_all', () => {
  it('stores a Drive file and shows it in its folder', async () => {
    const { simulator, client } = await setUp()
    const folder = simulator.createFolder('', 'docs')
    const answer = await client.uploadAll(bytes, { file_name: '报告 😀.pdf', parent_node: folder })
    expect(answer).toMatchObject({ status: 200, code: 0 })
    const [file] = simulator.files()
    expect(file).toMatchObject({
      token: answer.data['file_token'],
      name: '报告 😀.pdf',
      family: 'files',
      parent: folder,
      sizeBytes: 1_000,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      adler32: ADLER32.buf(bytes) >>> 0,
    })
    expect(await simulator.bytesOf(file?.token ?? '')).toEqual(bytes)
    expect(Object.keys(simulator.tree())).toEqual(['docs/', 'docs/报告 😀.pdf'])
  })

  it('keeps two files of the same name', async () => {
    const { simulator, client } = await setUp()
    await client.uploadAll(bytes)
    await client.uploadAll(patternBytes(10))
    expect(simulator.tree()['a.bin']).toHaveLength(2)
  })

  it('stores a media outside the Drive', async () => {
    const { simulator, client } = await setUp()
    const change = { extra: '{"drive_route_token":"bascnDemo"}' }
    expect((await client.uploadAll(bytes, change, 'medias')).code).toBe(0)
    expect(simulator.files()).toMatchObject([{ family: 'medias', parent: 'bascnDemo' }])
    expect(simulator.childrenOf(ROOT_FOLDER_TOKEN)).toEqual([])
  })

  it('takes an import without a parent', async () => {
    const { client } = await setUp()
    const extra = '{"obj_type":"docx","file_extension":"md"}'
    const place = { parent_type: 'ccm_import_open', parent_node: undefined, extra }
    const upload = (change: object) => client.uploadAll(bytes, { ...place, ...change }, 'medias')
    expect((await upload({ file_name: 'a.md' })).code).toBe(0)
    // It says what it is to become, and its name agrees.
    expect((await upload({ file_name: 'a.markdown' })).code).toBe(1061002)
    expect((await upload({ file_name: 'a.md', extra: undefined })).code).toBe(1061002)
  })

  it('takes 20 MiB and refuses a byte more', async () => {
    const { simulator, client } = await setUp({ storage: 'discard' })
    const limit = patternBytes(20 * MiB)
    expect((await client.uploadAll(limit)).code).toBe(0)
    const tooBig = Buffer.concat([limit, Buffer.alloc(1)])
    expect(await client.uploadAll(tooBig)).toMatchObject({ status: 400, code: 1061043 })
    // A smaller declared size does not help.
    expect((await client.uploadAll(tooBig, { size: String(20 * MiB) })).code).toBe(1062009)
    expect(simulator.files()).toHaveLength(1)
  })

  it.each([
    ['an empty name', { file_name: '' }, 1061008],
    ['a name of 251 characters', { file_name: '文'.repeat(251) }, 1061008],
    ['no name', { file_name: undefined }, 1061002],
    ['no size', { size: undefined }, 1061002],
    ['a size with a space', { size: '1000 ' }, 1061002],
    ['a negative size', { size: '-1000' }, 1061002],
    ['a hexadecimal size', { size: '0x3e8' }, 1061002],
    ['another size than sent', { size: '999' }, 1062009],
    ['no parent_type', { parent_type: undefined }, 1061002],
    ['a parent_type of the other family', { parent_type: 'docx_file' }, 1061002],
    ['no parent_node', { parent_node: undefined }, 1061002],
    ['a folder that never was', { parent_node: 'fldcnNowhere' }, 1061044],
    ['an unknown field', { part_number: '1' }, 1061002],
    ['extra, which only media have', { extra: '{}' }, 1061002],
    ['a wrong checksum', { checksum: '1' }, 1062008],
    [
      'a signed checksum',
      { checksum: String(ADLER32.buf(Buffer.alloc(1_000, 0xff)) | 0) },
      1062008,
    ],
    ['a hexadecimal checksum', { checksum: (ADLER32.buf(bytes) >>> 0).toString(16) }, 1062008],
  ])('refuses %s', async (_, change: Record<string, string | undefined>, code) => {
    const { simulator, client } = await setUp()
    expect((await client.uploadAll(bytes, change)).code).toBe(code)
    expect(simulator.files()).toEqual([])
    expect(simulator.calls.at(-1)).toMatchObject({ fate: 'refused', code, answered: true })
  })

  it('takes 250 characters, counted in code points', async () => {
    const { client } = await setUp()
    expect((await client.uploadAll(bytes, { file_name: '😀'.repeat(250) })).code).toBe(0)
  })

  it('takes the right checksum, an unsigned decimal beyond 2^31', async () => {
    const { client } = await setUp()
    const loud = Buffer.alloc(1_000, 0xff)
    const checksum = ADLER32.buf(loud) >>> 0
    expect(checksum).toBeGreaterThan(2 ** 31)
    expect((await client.uploadAll(loud, { checksum: String(checksum) })).code).toBe(0)
  })

  it.each(['files', 'medias'] as const)('refuses an empty file (%s)', async (family) => {
    const { client } = await setUp()
    expect((await client.uploadAll(Buffer.alloc(0), {}, family)).code).toBe(1061002)
  })

  it.each([
    ['a Drive parent_type', { parent_type: 'explorer' }, 1061002],
    ['an empty parent_node', { parent_node: '' }, 1061044],
    ['a node that is known to be missing', { parent_node: 'bascnGone' }, 1061044],
    ['extra that is not JSON', { extra: 'drive_route_token=x' }, 1061002],
  ])('refuses a media with %s', async (_, change, code) => {
    const { simulator, client } = await setUp()
    simulator.removeNode('bascnGone')
    expect((await client.uploadAll(bytes, change, 'medias')).code).toBe(code)
  })

  it('tells a deleted folder from one that never was', async () => {
    const { simulator, client } = await setUp()
    const folder = simulator.createFolder('', 'gone')
    simulator.removeNode(folder)
    expect((await client.uploadAll(bytes, { parent_node: folder })).code).toBe(1061041)
  })

  it('refuses a file as the parent', async () => {
    const { simulator, client } = await setUp()
    const file = await simulator.addFile({ name: 'x', bytes })
    expect((await client.uploadAll(bytes, { parent_node: file })).code).toBe(1061044)
  })

  it('refuses a full folder, and a full Drive', async () => {
    const { client } = await setUp({ driveLimits: { maxChildren: 1 } })
    expect((await client.uploadAll(bytes)).code).toBe(0)
    expect((await client.uploadAll(bytes)).code).toBe(1062507)
    const { client: other } = await setUp({ driveLimits: { maxNodes: 1 } })
    expect((await other.uploadAll(bytes)).code).toBe(0)
    expect((await other.uploadAll(bytes)).code).toBe(1062505)
  })
})

describe('multipart bodies on the wire', () => {
  const fields = [
    ['file_name', 'a.bin'],
    ['parent_type', 'explorer'],
    ['parent_node', ''],
    ['size', 1_000],
    ['file', bytes],
  ] as const
  const path = '/drive/v1/files/upload_all'

  it('takes the binary in front of the fields', async () => {
    const { simulator, client } = await setUp()
    expect((await client.form(path, fields.toReversed())).code).toBe(0)
    expect(simulator.files()).toMatchObject([{ name: 'a.bin', sizeBytes: 1_000 }])
  })

  it.each([
    ['a field twice', formBody([...fields, ['size', 1_000]]), {}],
    ['the binary twice', formBody([...fields, ['file', bytes]]), {}],
    ['no binary', formBody(fields.slice(0, 4)), {}],
    ['the binary under another name', formBody([...fields.slice(0, 4), ['data', bytes]]), {}],
    ['the binary as a plain field', formBody([...fields.slice(0, 4), ['file', 'text']]), {}],
    ['bytes after the end', Buffer.concat([formBody(fields), Buffer.from('x')]), {}],
    ['a body that is cut short', formBody(fields).subarray(0, -10), {}],
    ['a JSON content type', formBody(fields), { 'content-type': 'application/json' }],
    ['no boundary', formBody(fields), { 'content-type': 'multipart/form-data' }],
    ['another boundary', formBody(fields), { 'content-type': `${FORM_TYPE}2` }],
    ['a chunked body', Readable.from([formBody(fields)]), {}],
  ])('refuses %s', async (_, body, headers) => {
    const { simulator, client } = await setUp()
    const answer = await client.ask(path, {
      headers: { 'content-type': FORM_TYPE, ...headers },
      body,
    })
    expect(answer).toMatchObject({ status: 400, code: 1061002 })
    expect(simulator.files()).toEqual([])
  })

  it('reads a body to its end before it refuses it, so that the connection can go on', async () => {
    const { simulator, client } = await setUp()
    client.token = 't-nonsense'
    const answer = await client.uploadAll(patternBytes(8 * MiB))
    expect(answer.code).toBe(99991663)
    client.token = ''
    await client.signIn()
    expect((await client.uploadAll(patternBytes(8 * MiB))).code).toBe(0)
    expect(simulator.files()).toHaveLength(1)
  })
})
