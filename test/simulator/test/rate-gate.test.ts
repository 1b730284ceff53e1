import { describe, expect, it } from 'vitest'
import type { Simulator } from '../simulator.ts'
import { setUp } from './fixture.ts'
import { connect, patternBytes, type RawClient } from './raw-client.ts'

const frozen = { clock: { startMs: Date.UTC(2026, 5, 1, 12), frozen: true } }
const bytes = patternBytes(10)

async function codesOf(count: number, call: () => Promise<{ code: number }>): Promise<number[]> {
  const codes: number[] = []
  for (let i = 0; i < count; i++) codes.push((await call()).code)
  return codes
}

describe('frequency limits', () => {
  it('accept 5 calls in any second, per endpoint', async () => {
    const { simulator, client } = await setUp({ ...frozen, rate: {} })
    const upload = () => client.uploadAll(bytes)
    expect(await codesOf(3, upload)).toEqual([0, 0, 0])
    simulator.clock.advance(600)
    expect(await codesOf(3, upload)).toEqual([0, 0, 99991400])
    // Other endpoints have a count of their own.
    expect((await client.prepare(10)).code).toBe(0)
    expect((await client.uploadAll(bytes, {}, 'medias')).code).toBe(0)
    // The window slides: the first three are a second old now, the other two are not.
    simulator.clock.advance(400)
    expect(await codesOf(4, upload)).toEqual([0, 0, 0, 99991400])
    expect(simulator.rateRefusals).toBe(2)
    expect(simulator.files()).toHaveLength(9)
  })

  it('refuse with 429 and the seconds to wait', async () => {
    const { client } = await setUp({ ...frozen, rate: { writesPerSecond: 1 } })
    await client.uploadAll(bytes)
    const answer = await client.uploadAll(bytes)
    expect(answer).toMatchObject({ status: 429, code: 99991400 })
    expect(answer.headers).toMatchObject({
      'x-ogw-ratelimit-limit': '1',
      'x-ogw-ratelimit-reset': '1',
    })
  })

  it('do not count refused calls', async () => {
    const { simulator, client } = await setUp({ ...frozen, rate: { writesPerSecond: 1 } })
    expect(await codesOf(3, () => client.uploadAll(bytes))).toEqual([0, 99991400, 99991400])
    simulator.clock.advance(1_000)
    expect((await client.uploadAll(bytes)).code).toBe(0)
    expect(simulator.callsToday('files/upload_all')).toBe(2)
  })

  it('count calls that fail later on', async () => {
    const { client } = await setUp({ ...frozen, rate: { writesPerSecond: 1 } })
    expect((await client.uploadAll(bytes, { size: '0' })).code).toBe(1061002)
    expect((await client.uploadAll(bytes)).code).toBe(99991400)
  })

  it('count per app', async () => {
    const { simulator, client } = await setUp({ ...frozen, rate: { writesPerSecond: 1 } })
    await client.uploadAll(bytes)
    client.token = simulator.issueUserToken()
    expect((await client.uploadAll(bytes)).code).toBe(99991400)
    simulator.registerApp('cli_other', 'x')
    await client.signIn({ id: 'cli_other', secret: 'x' })
    expect((await client.uploadAll(bytes)).code).toBe(0)
  })

  it('allow 20 lists a second, and as many tokens as one likes', async () => {
    const { client } = await setUp({ ...frozen, rate: {} })
    const codes = await codesOf(21, () => client.get('/drive/v1/files'))
    expect(codes).toEqual([...Array<number>(20).fill(0), 99991400])
    expect(await codesOf(21, () => client.signIn())).toEqual(Array(21).fill(0))
  })

  it('hold for create_folder', async () => {
    const { client } = await setUp({ ...frozen, rate: {} })
    const create = () =>
      client.json('/drive/v1/files/create_folder', { name: 'a', folder_token: '' })
    expect(await codesOf(6, create)).toEqual([0, 0, 0, 0, 0, 99991400])
  })

  it('end the day at the daily limit, until midnight in Shanghai', async () => {
    // 12:00 UTC is 20:00 in Shanghai: four hours to go.
    const rate = { writesPerSecond: 100, writesPerDay: 2 }
    const { simulator, client } = await setUp({ ...frozen, rate })
    expect(await codesOf(2, () => client.uploadAll(bytes))).toEqual([0, 0])
    const refused = await client.uploadAll(bytes)
    expect(refused).toMatchObject({ status: 429, code: 99991400 })
    expect(refused.headers).toMatchObject({
      'x-ogw-ratelimit-limit': '2',
      'x-ogw-ratelimit-reset': String(4 * 60 * 60),
    })
    simulator.clock.advance(4 * 60 * 60 * 1000 - 1)
    await client.signIn()
    expect((await client.uploadAll(bytes)).code).toBe(99991400)
    simulator.clock.advance(1)
    expect((await client.uploadAll(bytes)).code).toBe(0)
  })

  it('can be changed, switched off and reset', async () => {
    const { simulator, client } = await setUp({ ...frozen, rate: { writesPerSecond: 1 } })
    await client.uploadAll(bytes)
    simulator.resetCounters()
    expect(simulator.calls).toEqual([])
    expect(await codesOf(2, () => client.uploadAll(bytes))).toEqual([0, 99991400])
    simulator.setRate('off')
    expect(await codesOf(7, () => client.uploadAll(bytes))).toEqual(Array(7).fill(0))
  })
})

describe('concurrent calls', () => {
  /** Starts an upload that stands still inside the server, then runs `during`. */
  async function whileUploading(
    options: Parameters<typeof setUp>[0],
    during: (client: RawClient, simulator: Simulator) => Promise<void>,
  ) {
    const { simulator, client } = await setUp(options)
    const gate = simulator.hold({ endpoint: 'files/upload_all', fileName: 'slow' })
    const slow = client.uploadAll(bytes, { file_name: 'slow' })
    await gate.reached
    await during(client, simulator)
    gate.release()
    expect((await slow).code).toBe(0)
    return { simulator, client }
  }

  it('are refused with 1061045: HTTP 200 for uploads, 400 for create_folder', async () => {
    const folder = { name: 'a', folder_token: '' }
    const { simulator, client } = await whileUploading(
      { forbidConcurrency: true },
      async (busy) => {
        expect(await busy.uploadAll(bytes)).toMatchObject({ status: 200, code: 1061045 })
        const created = await busy.json('/drive/v1/files/create_folder', folder)
        expect(created).toMatchObject({ status: 400, code: 1061045 })
        expect((await busy.get('/drive/v1/files')).code).toBe(0)
      },
    )
    // The lane is free again, and refused calls have not blocked it.
    expect((await client.json('/drive/v1/files/create_folder', folder)).code).toBe(0)
    expect(simulator.callsTo('files/upload_all').map((call) => call.inFlight)).toEqual([1, 2])
  })

  it('of another app do not matter', async () => {
    const { simulator } = await whileUploading({ forbidConcurrency: true }, async (_, running) => {
      running.registerApp('cli_other', 'x')
      const other = await connect(running, { id: 'cli_other', secret: 'x' })
      expect((await other.uploadAll(bytes)).code).toBe(0)
      await other.close()
    })
    expect(simulator.files()).toHaveLength(2)
  })

  it('are allowed by default, and counted', async () => {
    const { simulator } = await whileUploading({}, async (busy) => {
      expect((await busy.uploadAll(bytes)).code).toBe(0)
    })
    expect(simulator.callsTo('files/upload_all').map((call) => call.inFlight)).toEqual([1, 2])
  })

  it('end when the client goes away', async () => {
    const { simulator, client } = await setUp({ forbidConcurrency: true })
    simulator.faults.add({
      endpoint: 'files/upload_all',
      do: { kind: 'stall', where: 'answer', committed: false },
    })
    const cancel = new AbortController()
    const lost = client.uploadAll(bytes, {}, 'files', { signal: cancel.signal })
    await simulator.waitForCall((call) => call.fate === 'stalled')
    expect((await client.uploadAll(bytes)).code).toBe(1061045)
    const left = new Promise((resolve) => simulator.on('left', resolve))
    cancel.abort()
    await expect(lost).rejects.toThrow()
    await left
    expect((await client.uploadAll(bytes)).code).toBe(0)
  })
})
