import { createHash } from 'node:crypto'
import ADLER32 from 'adler-32'
import { describe, expect, it } from 'vitest'
import type { Simulator, SimulatorOptions } from '../simulator.ts'
import { setUp } from './fixture.ts'
import { patternBytes, type RawClient } from './raw-client.ts'

const BLOCK = 1_000
const file = patternBytes(2_500)
const HOUR_MS = 60 * 60 * 1000

function block(seq: number): Buffer {
  return file.subarray(seq * BLOCK, (seq + 1) * BLOCK)
}

/** A prepared upload of `file` in three parts of 1,000, 1,000 and 500 bytes. */
async function setUpPrepared(options: SimulatorOptions = {}) {
  const { simulator, client } = await setUp({ blockSizeBytes: BLOCK, ...options })
  const prepared = await client.prepare(file.length)
  return { simulator, client, uploadId: String(prepared.data['upload_id']) }
}

async function sendAll(client: RawClient, uploadId: string, seqs = [0, 1, 2]): Promise<void> {
  for (const seq of seqs) expect((await client.part(uploadId, seq, block(seq))).code).toBe(0)
}

describe('upload_prepare', () => {
  it('answers with an id beyond 2^53 and the plan', async () => {
    const { client } = await setUp()
    const { data } = await client.prepare(9 * 1024 * 1024)
    expect(data).toMatchObject({ block_size: 4_194_304, block_num: 3 })
    expect(data['upload_id']).toMatch(/^\d{19}$/)
  })

  it.each([
    [1, 1],
    [BLOCK, 1],
    [BLOCK + 1, 2],
    [BLOCK * 3, 3],
  ])('plans %i bytes as %i blocks', async (sizeBytes, blockCount) => {
    const { client } = await setUp({ blockSizeBytes: BLOCK })
    const { data } = await client.prepare(sizeBytes)
    expect(data).toMatchObject({ block_size: BLOCK, block_num: blockCount })
  })

  it.each([
    ['an empty file', { size: 0 }, 1061002],
    ['a size as text', { size: '2500' }, 1061002],
    ['a broken size', { size: 2.5 }, 1061002],
    ['no parent_node', { parent_node: undefined }, 1061002],
    ['an unknown field', { folder_token: '' }, 1061002],
    ['a checksum', { checksum: '1' }, 1061002],
    ['an empty name', { file_name: '' }, 1061008],
    ['an unknown folder', { parent_node: 'fldcnNowhere' }, 1061044],
    ['another parent_type', { parent_type: 'docx_file' }, 1061002],
    ['more than the tenant allows', { size: 10_001 }, 1061043],
  ])('refuses %s', async (_, change, code) => {
    const { simulator, client } = await setUp({ maxFileBytes: 10_000 })
    expect((await client.prepare(2_500, change)).code).toBe(code)
    expect(simulator.transactions()).toEqual([])
  })

  it.each([
    ['application/json', '{"file_name"', 'not JSON'],
    ['application/json', '[]', 'a JSON object'],
    ['application/json', 'null', 'a JSON object'],
    ['application/x-www-form-urlencoded', '{}', 'application/json'],
    ['application/jsonp', '{}', 'application/json'],
  ])('refuses a body of type %s: %s', async (type, body, reason) => {
    const { client } = await setUp()
    const headers = { 'content-type': type }
    const answer = await client.ask('/drive/v1/files/upload_prepare', { headers, body })
    expect(answer).toMatchObject({ status: 400, code: 1061002 })
    expect(answer.msg).toContain(reason)
  })

  it('takes slides in parts as in one call, as the official client sends them', async () => {
    const { client } = await setUp()
    const point = { parent_type: 'slide_file', parent_node: 'sldDemo' }
    const body = { file_name: 'a', ...point, size: 10 }
    expect((await client.json('/drive/v1/medias/upload_prepare', body)).code).toBe(0)
    expect((await client.uploadAll(file, point, 'medias')).code).toBe(0)
  })
})

describe('upload_part and upload_finish', () => {
  it.each([
    ['in order', [0, 1, 2]],
    ['in any order', [2, 0, 1]],
    ['with a part sent twice', [0, 1, 1, 2]],
  ])('makes a file of parts sent %s', async (_, seqs) => {
    const { simulator, client, uploadId } = await setUpPrepared()
    await sendAll(client, uploadId, seqs)
    const { code, data } = await client.finish(uploadId, 3)
    expect(code).toBe(0)
    const token = String(data['file_token'])
    expect(await simulator.bytesOf(token)).toEqual(file)
    expect(simulator.files()).toMatchObject([
      {
        token,
        name: 'big.bin',
        sizeBytes: file.length,
        sha256: createHash('sha256').update(file).digest('hex'),
        adler32: ADLER32.buf(file) >>> 0,
      },
    ])
    expect(simulator.transactions()).toMatchObject([
      { uploadId, receivedSeqs: seqs, storedSeqs: [0, 1, 2], fileToken: token },
    ])
  })

  it('lets a later part of the same seq overwrite the earlier one', async () => {
    const { simulator, client, uploadId } = await setUpPrepared()
    expect((await client.part(uploadId, 1, Buffer.alloc(BLOCK, 7))).code).toBe(0)
    await sendAll(client, uploadId)
    const { data } = await client.finish(uploadId, 3)
    expect(await simulator.bytesOf(String(data['file_token']))).toEqual(file)
  })

  it('keeps the stored part when its replacement is refused', async () => {
    const { simulator, client, uploadId } = await setUpPrepared()
    await sendAll(client, uploadId)
    const bad = await client.part(uploadId, 1, Buffer.alloc(BLOCK, 7), { checksum: '1' })
    expect(bad.code).toBe(1062008)
    const { data } = await client.finish(uploadId, 3)
    expect(await simulator.bytesOf(String(data['file_token']))).toEqual(file)
  })

  it('does the same for media', async () => {
    const { simulator, client } = await setUp({ blockSizeBytes: BLOCK })
    const place = { file_name: 'm', parent_type: 'docx_file', parent_node: 'blkDemo' }
    const body = { ...place, size: 1_500, extra: '{"drive_route_token":"doxDemo"}' }
    const { data } = await client.json('/drive/v1/medias/upload_prepare', body)
    for (const seq of [0, 1]) {
      const bytes = file.subarray(seq * BLOCK, Math.min(1_500, (seq + 1) * BLOCK))
      const answer = await client.form('/drive/v1/medias/upload_part', [
        ['upload_id', String(data['upload_id'])],
        ['seq', seq],
        ['size', bytes.length],
        ['checksum', ADLER32.buf(bytes) >>> 0],
        ['file', bytes],
      ])
      expect(answer).toMatchObject({ code: 0, data: {} })
    }
    const done = { upload_id: data['upload_id'], block_num: 2 }
    const finished = await client.json('/drive/v1/medias/upload_finish', done)
    const token = String(finished.data['file_token'])
    expect(await simulator.bytesOf(token)).toEqual(file.subarray(0, 1_500))
  })

  it.each([
    ['a seq beyond the plan', 3, file.subarray(0, 500), {}, 1062011],
    ['a negative seq', 0, block(0), { seq: '-1' }, 1061002],
    ['a seq that is no number', 0, block(0), { seq: 'first' }, 1061002],
    ['another size than sent', 0, block(0), { size: '999' }, 1062009],
    ['fewer bytes than declared', 0, file.subarray(0, 999), { size: '1000' }, 1062009],
    ['a short part in the middle', 0, file.subarray(0, 999), {}, 1062009],
    ['a long part', 0, file.subarray(0, 1_001), {}, 1062009],
    ['a last part as long as the others', 2, block(0), {}, 1062009],
    [
      'the checksum of the whole file',
      0,
      block(0),
      { checksum: String(ADLER32.buf(file) >>> 0) },
      1062008,
    ],
    ['no upload_id', 0, block(0), { upload_id: undefined }, 1061002],
    ['no seq', 0, block(0), { seq: undefined }, 1061002],
    ['an unknown upload_id', 0, block(0), { upload_id: '7111000000000000000' }, 1061021],
    ['a file name', 0, block(0), { file_name: 'x' }, 1061002],
  ])('refuses %s', async (_, seq, bytes, change: Record<string, string | undefined>, code) => {
    const { simulator, client, uploadId } = await setUpPrepared()
    expect((await client.part(uploadId, seq, bytes, change)).code).toBe(code)
    expect(simulator.transactions()[0]?.storedSeqs).toEqual([])
  })

  it.each([
    ['a missing part', [0, 2], 3, 1062010],
    ['a smaller block_num', [0, 1, 2], 2, 1062011],
    ['a greater block_num', [0, 1, 2], 4, 1062011],
    ['a block_num as text', [0, 1, 2], '3', 1061002],
    ['no block_num', [0, 1, 2], undefined, 1061002],
  ])('refuses to finish with %s', async (_, seqs, blockCount, code) => {
    const { simulator, client, uploadId } = await setUpPrepared()
    await sendAll(client, uploadId, seqs)
    expect((await client.finish(uploadId, blockCount)).code).toBe(code)
    expect(simulator.files()).toEqual([])
  })

  it('lives for 24 hours from prepare', async () => {
    const { simulator, client, uploadId } = await setUpPrepared({ clock: { frozen: true } })
    simulator.clock.advance(24 * HOUR_MS - 1)
    await client.signIn()
    await sendAll(client, uploadId)
    simulator.clock.advance(1)
    expect((await client.part(uploadId, 0, block(0))).code).toBe(1061021)
    expect(await client.finish(uploadId, 3)).toMatchObject({ status: 400, code: 1061021 })
  })

  it('belongs to the identity that prepared it', async () => {
    const { simulator, client, uploadId } = await setUpPrepared()
    client.token = simulator.issueUserToken()
    expect((await client.part(uploadId, 0, block(0))).code).toBe(1062007)
    expect((await client.finish(uploadId, 3)).code).toBe(1062007)
    simulator.registerApp('cli_other', 'x')
    await client.signIn({ id: 'cli_other', secret: 'x' })
    expect((await client.part(uploadId, 0, block(0))).code).toBe(1062007)
  })

  it('goes on with a new token of the same app', async () => {
    const { simulator, client, uploadId } = await setUpPrepared()
    simulator.revokeToken(client.token)
    await client.signIn()
    await sendAll(client, uploadId)
    expect((await client.finish(uploadId, 3)).code).toBe(0)
  })

  it('does not know the ids of the other family', async () => {
    const { client, uploadId } = await setUpPrepared()
    const body = { upload_id: uploadId, block_num: 3 }
    expect((await client.json('/drive/v1/medias/upload_finish', body)).code).toBe(1061021)
  })

  it('forgets a transaction when told to', async () => {
    const { simulator, client, uploadId } = await setUpPrepared()
    await sendAll(client, uploadId, [0])
    await simulator.forgetTransaction(uploadId)
    expect((await client.part(uploadId, 1, block(1))).code).toBe(1061021)
  })

  it('refuses to finish into a folder that has been deleted meanwhile', async () => {
    const { simulator, client } = await setUp()
    const folder = simulator.createFolder('', 'gone')
    const { data } = await client.prepare(10, { parent_node: folder })
    await client.part(data['upload_id'], 0, file.subarray(0, 10))
    simulator.removeNode(folder)
    expect((await client.finish(data['upload_id'], 1)).code).toBe(1061041)
  })
})

describe('a second upload_finish', () => {
  async function finishTwice(secondFinish?: SimulatorOptions['secondFinish']) {
    const { simulator, client, uploadId } = await setUpPrepared(
      secondFinish === undefined ? {} : { secondFinish },
    )
    await sendAll(client, uploadId)
    const [first, second] = [await client.finish(uploadId, 3), await client.finish(uploadId, 3)]
    return { simulator, client, uploadId, first, second }
  }

  it('is answered as expired by default, and so is a further part', async () => {
    const { simulator, client, uploadId, second } = await finishTwice()
    expect(second.code).toBe(1061021)
    expect((await client.part(uploadId, 0, block(0))).code).toBe(1061021)
    expect(simulator.files()).toHaveLength(1)
  })

  it('is not found', async () => {
    const { second } = await finishTwice('not-found')
    expect(second).toMatchObject({ status: 404, code: 1061003 })
  })

  it('repeats the token', async () => {
    const { simulator, first, second } = await finishTwice('same-token')
    expect(second.data).toEqual(first.data)
    expect(simulator.files()).toHaveLength(1)
  })

  it('makes a second file', async () => {
    const { simulator, first, second } = await finishTwice('second-file')
    expect(second.data['file_token']).not.toBe(first.data['file_token'])
    expect(simulator.tree()['big.bin']).toHaveLength(2)
    expect(await simulator.bytesOf(String(second.data['file_token']))).toEqual(file)
  })

  it('makes one file when both arrive together', async () => {
    const { simulator, client, uploadId } = await setUpPrepared({ secondFinish: 'same-token' })
    await sendAll(client, uploadId, [2, 1, 0])
    const [a, b] = await Promise.all([client.finish(uploadId, 3), client.finish(uploadId, 3)])
    expect(a.data).toEqual(b.data)
    expect(simulator.files()).toHaveLength(1)
  })
})

describe('storage', () => {
  async function upload(simulator: Simulator, client: RawClient, seqs: number[]) {
    const { data } = await client.prepare(file.length)
    await sendAll(client, String(data['upload_id']), seqs)
    expect((await client.finish(data['upload_id'], 3)).code).toBe(0)
    return simulator.files()[0]
  }

  it('discard checks and hashes bytes without keeping them', async () => {
    const { simulator, client } = await setUp({ storage: 'discard', blockSizeBytes: BLOCK })
    const stored = await upload(simulator, client, [0, 1, 1, 2])
    expect(stored?.sha256).toBe(createHash('sha256').update(file).digest('hex'))
    expect((await client.uploadAll(file, { checksum: '1' })).code).toBe(1062008)
    await expect(simulator.bytesOf(stored?.token ?? '')).rejects.toThrow('keeps no bytes')
  })

  it('discard still has the Adler-32, but no SHA-256, when parts come out of order', async () => {
    const { simulator, client } = await setUp({ storage: 'discard', blockSizeBytes: BLOCK })
    const stored = await upload(simulator, client, [1, 0, 2])
    expect(stored).toMatchObject({ sha256: undefined, adler32: ADLER32.buf(file) >>> 0 })
  })

  it('null counts bytes and nothing else', async () => {
    const { simulator, client } = await setUp({ storage: 'null', blockSizeBytes: BLOCK })
    const stored = await upload(simulator, client, [0, 1, 2])
    expect(stored).toMatchObject({ sizeBytes: file.length, sha256: undefined, adler32: undefined })
    expect((await client.uploadAll(file, { size: '1' })).code).toBe(1062009)
  })
})
