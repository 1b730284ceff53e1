import { Readable } from 'node:stream'
import { request } from 'undici'
import { describe, expect, it } from 'vitest'
import type { Fault, FaultAction } from '../faults.ts'
import { MiB } from '../limits.ts'
import type { SimulatorOptions } from '../simulator.ts'
import { setUp } from './fixture.ts'
import { FORM_TYPE, formBody, patternBytes, type RawClient } from './raw-client.ts'

const bytes = patternBytes(2_000)
const ENDPOINT = 'files/upload_all'
const UPLOAD_ALL = '/drive/v1/files/upload_all'

async function setUpWith(action: FaultAction, options?: SimulatorOptions) {
  const { simulator, client } = await setUp(options)
  simulator.faults.add({ endpoint: ENDPOINT, do: action })
  return { simulator, client, lastCall: () => simulator.callsTo(ENDPOINT).at(-1) }
}

/** The upload as text, for answers that are no JSON. */
function uploadText(client: RawClient) {
  const body = formBody([
    ['file_name', 'a.bin'],
    ['parent_type', 'explorer'],
    ['parent_node', ''],
    ['size', bytes.length],
    ['file', bytes],
  ])
  return client.send(UPLOAD_ALL, { headers: { 'content-type': FORM_TYPE }, body })
}

/** Sends a body of `sizeBytes` and counts what has been handed to the socket. */
function uploadCounting(client: RawClient, sizeBytes: number) {
  const cancel = new AbortController()
  const sent = { bytes: 0, cancel: () => cancel.abort() }
  const chunk = Buffer.alloc(64 * 1024)
  const body = new Readable({
    read() {
      sent.bytes += chunk.length
      this.push(sent.bytes > sizeBytes ? null : chunk)
    },
  })
  const headers = { 'content-type': FORM_TYPE, 'content-length': String(sizeBytes) }
  const answer = client.send(UPLOAD_ALL, { headers, body, signal: cancel.signal })
  return { sent, answer }
}

describe('a fault', () => {
  it('answers instead of the work, after the whole body', async () => {
    const { simulator, client, lastCall } = await setUpWith({
      kind: 'answer',
      status: 200,
      code: 1061045,
      msg: 'can retry.',
      headers: { 'x-test': 'yes' },
    })
    const answer = await client.uploadAll(patternBytes(8 * MiB))
    expect(answer).toMatchObject({ status: 200, code: 1061045, msg: 'can retry.' })
    expect(answer.headers['x-test']).toBe('yes')
    expect(simulator.files()).toEqual([])
    expect(lastCall()).toMatchObject({ fate: 'refused', code: 1061045, answered: true })
  })

  it('delays the answer, not the work', async () => {
    const { simulator, client } = await setUpWith({ kind: 'latency', ms: 200 })
    const startMs = performance.now()
    const answer = client.uploadAll(bytes)
    await simulator.waitForCall((call) => call.fate === 'committed')
    expect(simulator.files()).toHaveLength(1)
    expect((await answer).code).toBe(0)
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(199)
  })

  it('lets the answer drip', async () => {
    const { simulator, client } = await setUpWith({ kind: 'drip', bytesPerSecond: 400 })
    const startMs = performance.now()
    const response = await request(`${simulator.baseUrl}/open-apis${UPLOAD_ALL}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.token}`, 'content-type': FORM_TYPE },
      body: formBody([
        ['file_name', 'a.bin'],
        ['parent_type', 'explorer'],
        ['parent_node', ''],
        ['size', bytes.length],
        ['file', bytes],
      ]),
    })
    const chunks: Buffer[] = []
    for await (const chunk of response.body) chunks.push(chunk)
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ code: 0 })
    expect(chunks.length).toBeGreaterThan(1)
    // Some 85 bytes at 400 a second.
    expect(performance.now() - startMs).toBeGreaterThan(150)
  })

  it('stalls before the body', async () => {
    const { simulator, client, lastCall } = await setUpWith({ kind: 'stall', where: 'before-body' })
    const { sent, answer } = uploadCounting(client, 64 * MiB)
    await simulator.waitForCall((call) => call.fate === 'stalled')
    expect(sent.bytes).toBeLessThan(32 * MiB)
    sent.cancel()
    await expect(answer).rejects.toThrow()
    expect(lastCall()).toMatchObject({ fate: 'stalled', answered: false })
  })

  it('stalls in the middle of the body', async () => {
    const { simulator, client } = await setUpWith({ kind: 'stall', where: 'mid-body' })
    const { sent, answer } = uploadCounting(client, 64 * MiB)
    // The filler is no multipart body; the refusal waits for its end and the stall comes first.
    await simulator.waitForCall((call) => call.fate === 'stalled')
    expect(sent.bytes).toBeGreaterThanOrEqual(32 * MiB)
    sent.cancel()
    await expect(answer).rejects.toThrow()
  })

  it.each([
    [true, 1],
    [false, 0],
  ])('stalls with the answer (committed: %s)', async (committed, count) => {
    const action = { kind: 'stall', where: 'answer', committed } as const
    const { simulator, client, lastCall } = await setUpWith(action)
    const cancel = new AbortController()
    const answer = client.uploadAll(bytes, {}, 'files', { signal: cancel.signal })
    await simulator.waitForCall((call) => call.endpoint === ENDPOINT && call.fate !== 'pending')
    expect(simulator.files()).toHaveLength(count)
    expect(lastCall()?.fate).toBe(committed ? 'committed' : 'stalled')
    cancel.abort()
    await expect(answer).rejects.toThrow()
  })

  it.each([
    ['before-body', undefined],
    ['mid-body', 'a.bin'],
    ['after-body', 'a.bin'],
  ] as const)('resets the connection: %s', async (where, fileName) => {
    const { simulator, client, lastCall } = await setUpWith({ kind: 'reset', where })
    await expect(client.uploadAll(bytes)).rejects.toThrow()
    expect(lastCall()).toMatchObject({ fate: 'reset', answered: false })
    // Before the body nothing is known but the endpoint.
    expect(lastCall()?.fileName).toBe(fileName)
    expect(simulator.files()).toEqual([])
    expect((await client.uploadAll(bytes)).code).toBe(0)
  })

  it('resets a connection in the middle of a part', async () => {
    const { simulator, client } = await setUp({ blockSizeBytes: 4 * MiB })
    const { data } = await client.prepare(8 * MiB)
    const reset = { kind: 'reset', where: 'mid-body' } as const
    simulator.faults.add({ endpoint: 'files/upload_part', seq: 1, do: reset })
    const part = patternBytes(4 * MiB)
    await client.part(data['upload_id'], 0, part)
    await expect(client.part(data['upload_id'], 1, part)).rejects.toThrow()
    expect(simulator.transactions()[0]?.storedSeqs).toEqual([0])
    expect((await client.part(data['upload_id'], 1, part)).code).toBe(0)
  })

  it('loses the answer of a call that took effect', async () => {
    const { simulator, client, lastCall } = await setUpWith({ kind: 'lose-answer' })
    await expect(client.uploadAll(bytes)).rejects.toThrow()
    expect(simulator.files()).toHaveLength(1)
    expect(lastCall()).toMatchObject({ fate: 'committed', answered: false })
    expect(lastCall()?.fileToken).toBe(simulator.files()[0]?.token)
  })

  it('reports an error although the call took effect', async () => {
    const action = { kind: 'late-error', status: 504, code: 1061006 } as const
    const { simulator, client, lastCall } = await setUpWith(action)
    expect(await client.uploadAll(bytes)).toMatchObject({ status: 504, code: 1061006 })
    expect(simulator.files()).toHaveLength(1)
    expect(lastCall()).toMatchObject({ fate: 'committed', code: 1061006, answered: true })
  })

  it.each([
    [true, 1],
    [false, 0],
  ])('cuts the JSON off (committed: %s)', async (committed, count) => {
    const { simulator, client } = await setUpWith({ kind: 'truncated-json', committed })
    const answer = await uploadText(client)
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.headers['content-type']).toContain('application/json')
    expect(answer.text.startsWith('{"code":0')).toBe(true)
    expect(() => JSON.parse(answer.text)).toThrow()
    expect(simulator.files()).toHaveLength(count)
  })

  it.each([
    [undefined, 0],
    [true, 1],
  ])('answers with a web page (committed: %s)', async (committed, count) => {
    const action = { kind: 'html', status: 502, ...(committed ? { committed } : {}) } as const
    const { simulator, client } = await setUpWith(action)
    const answer = await uploadText(client)
    expect(answer).toMatchObject({ status: 502, headers: { 'content-type': 'text/html' } })
    expect(answer.text).toContain('<html>')
    expect(simulator.files()).toHaveLength(count)
  })

  it('labels the right answer wrongly', async () => {
    const { simulator, client } = await setUpWith({ kind: 'wrong-content-type' })
    const answer = await client.uploadAll(bytes)
    expect(answer.headers['content-type']).toContain('text/plain')
    expect(answer.data['file_token']).toBe(simulator.files()[0]?.token)
  })
})

describe('which calls a fault befalls', () => {
  const refuse = { kind: 'answer', status: 200, code: 1061001 } as const

  async function codesOfUploads(fault: Omit<Fault, 'endpoint' | 'do'>, names: string[]) {
    const { simulator, client } = await setUp()
    simulator.faults.add({ endpoint: ENDPOINT, do: refuse, ...fault })
    const codes: number[] = []
    for (const name of names) codes.push((await client.uploadAll(bytes, { file_name: name })).code)
    return { codes, pending: simulator.faults.pending.length }
  }

  it.each([
    ['one by default', {}, [1061001, 0, 0, 0], 0],
    ['several', { times: 2 }, [1061001, 1061001, 0, 0], 0],
    ['all', { times: 'always' }, [1061001, 1061001, 1061001, 1061001], 1],
    ['after some', { skip: 2 }, [0, 0, 1061001, 0], 0],
    ['of one name', { fileName: 'c' }, [0, 0, 1061001, 0], 0],
    ['of one name, the second time', { fileName: 'c', skip: 1 }, [0, 0, 0, 0], 1],
  ] as const)('%s', async (_, fault, codes, pending) => {
    expect(await codesOfUploads(fault, ['a', 'b', 'c', 'd'])).toEqual({ codes, pending })
  })

  it('one seq of one file among several', async () => {
    const { simulator, client } = await setUp({ blockSizeBytes: 1_000 })
    const fault = { endpoint: 'files/upload_part', seq: 1, fileName: 'b', do: refuse }
    simulator.faults.add(fault)
    const codes: Record<string, number[]> = {}
    for (const name of ['a', 'b']) {
      const { data } = await client.prepare(2_000, { file_name: name })
      codes[name] = []
      for (const seq of [0, 1]) {
        const part = bytes.subarray(seq * 1_000, (seq + 1) * 1_000)
        codes[name].push((await client.part(data['upload_id'], seq, part)).code)
      }
    }
    expect(codes).toEqual({ a: [0, 0], b: [0, 1061001] })
  })

  it('one file at finish, by the name given at prepare', async () => {
    const { simulator, client } = await setUp()
    simulator.faults.add({ endpoint: 'files/upload_finish', fileName: 'b', do: refuse })
    const { data } = await client.prepare(10, { file_name: 'b' })
    await client.part(data['upload_id'], 0, bytes.subarray(0, 10))
    expect((await client.finish(data['upload_id'], 1)).code).toBe(1061001)
    expect((await client.finish(data['upload_id'], 1)).code).toBe(0)
  })

  it('a part whose binary comes before its seq', async () => {
    const { simulator, client } = await setUp()
    const { data } = await client.prepare(10)
    const reset = { kind: 'reset', where: 'before-body' } as const
    simulator.faults.add({ endpoint: 'files/upload_part', seq: 0, do: reset })
    const fields = [
      ['file', bytes.subarray(0, 10)],
      ['size', 10],
      ['seq', 0],
      ['upload_id', String(data['upload_id'])],
    ] as const
    await expect(client.form('/drive/v1/files/upload_part', fields)).rejects.toThrow()
    expect(simulator.transactions()[0]?.storedSeqs).toEqual([])
  })

  it('the token call, a folder list, a new folder, and anything', async () => {
    const { simulator, client } = await setUp()
    for (const endpoint of ['token', 'files/list', 'files/create_folder', '*']) {
      simulator.faults.add({ endpoint, do: refuse })
    }
    const folder = { name: 'a', folder_token: '' }
    expect((await client.get('/drive/v1/files')).code).toBe(1061001)
    expect((await client.json('/drive/v1/files/create_folder', folder)).code).toBe(1061001)
    const credentials = { app_id: 'cli_demo', app_secret: 'demo-secret' }
    const token = await client.json('/auth/v3/tenant_access_token/internal', credentials)
    expect(token.code).toBe(1061001)
    expect((await client.uploadAll(bytes)).code).toBe(1061001)
    expect((await client.uploadAll(bytes)).code).toBe(0)
  })

  it('a question without a body, at any point', async () => {
    const { simulator, client } = await setUp()
    for (const where of ['before-body', 'mid-body', 'after-body'] as const) {
      simulator.faults.add({ endpoint: 'files/list', do: { kind: 'reset', where } })
      await expect(client.get('/drive/v1/files')).rejects.toThrow()
    }
    expect((await client.get('/drive/v1/files')).code).toBe(0)
  })

  it('none that the gateway has refused already', async () => {
    const { simulator, client } = await setUp({
      rate: { writesPerSecond: 1 },
      clock: { frozen: true },
    })
    await client.uploadAll(bytes)
    simulator.faults.add({ endpoint: ENDPOINT, do: refuse })
    expect((await client.uploadAll(bytes)).code).toBe(99991400)
    simulator.clock.advance(1_000)
    expect((await client.uploadAll(bytes)).code).toBe(1061001)
  })

  it('none after it is disarmed or all are cleared', async () => {
    const { simulator, client } = await setUp()
    const disarm = simulator.faults.add({ endpoint: ENDPOINT, do: refuse })
    disarm()
    expect((await client.uploadAll(bytes)).code).toBe(0)
    simulator.faults.add({ endpoint: ENDPOINT, do: refuse })
    simulator.faults.clear()
    expect((await client.uploadAll(bytes)).code).toBe(0)
  })
})

describe('slowness for all calls', () => {
  it('delays every answer', async () => {
    const { client } = await setUp({ latencyMs: 60 })
    const startMs = performance.now()
    await client.get('/drive/v1/files')
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(59)
  })

  it('limits the speed of uploads, shared by all of them', async () => {
    const { client } = await setUp({ bytesPerSecond: 2 * MiB })
    const startMs = performance.now()
    const half = patternBytes(MiB / 2)
    await Promise.all([client.uploadAll(half), client.uploadAll(half)])
    // One MiB altogether; the last chunk is not waited for.
    expect(performance.now() - startMs).toBeGreaterThan(350)
  })
})
