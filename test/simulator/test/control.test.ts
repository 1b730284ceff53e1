import { access, mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { SELF_SIGNED } from '../self-signed.ts'
import { startSimulator } from '../simulator.ts'
import { setUp } from './fixture.ts'
import { connect, patternBytes } from './raw-client.ts'

const bytes = patternBytes(1_000)

describe('hold', () => {
  it('stops a part before it takes effect, and lets it take effect without its client', async () => {
    const { simulator, client } = await setUp({ blockSizeBytes: 500 })
    const { data } = await client.prepare(1_000)
    const gate = simulator.hold({ endpoint: 'files/upload_part', seq: 1 })
    expect((await client.part(data['upload_id'], 0, bytes.subarray(0, 500))).code).toBe(0)
    const cancel = new AbortController()
    const second = bytes.subarray(500)
    const lost = client.part(data['upload_id'], 1, second, {}, { signal: cancel.signal })
    expect(await gate.reached).toMatchObject({ seq: 1, fate: 'pending', fileName: 'big.bin' })
    cancel.abort()
    await expect(lost).rejects.toThrow()
    expect(simulator.transactions()[0]?.storedSeqs).toEqual([0])
    gate.release()
    await simulator.waitForCall((call) => call.seq === 1 && call.fate === 'committed')
    expect(simulator.transactions()[0]?.storedSeqs).toEqual([0, 1])
  })

  it('stops a call after it has taken effect and before its answer', async () => {
    const { simulator, client } = await setUp()
    const gate = simulator.hold({ endpoint: 'files/upload_all', when: 'after-commit' })
    const answer = client.uploadAll(bytes)
    expect(await gate.reached).toMatchObject({ fate: 'committed', answered: false })
    expect(simulator.files()).toHaveLength(1)
    gate.release()
    expect((await answer).code).toBe(0)
  })

  it('abandons a call: no effect, the connection is reset', async () => {
    const { simulator, client } = await setUp()
    const gate = simulator.hold({ endpoint: 'files/upload_all' })
    const answer = client.uploadAll(bytes)
    await gate.reached
    gate.abandon()
    await expect(answer).rejects.toThrow()
    expect(simulator.files()).toEqual([])
    expect(simulator.calls.at(-1)).toMatchObject({ fate: 'reset' })
  })

  it('holds one call; others pass', async () => {
    const { simulator, client } = await setUp()
    const gate = simulator.hold({ endpoint: 'files/upload_all', fileName: 'b' })
    expect((await client.uploadAll(bytes, { file_name: 'a' })).code).toBe(0)
    const held = client.uploadAll(bytes, { file_name: 'b' })
    await gate.reached
    expect((await client.uploadAll(bytes, { file_name: 'b' })).code).toBe(0)
    expect(simulator.files().map((file) => file.name)).toEqual(['a', 'b'])
    gate.release()
    expect((await held).code).toBe(0)
  })

  it('lets everything pass once it is released, even before anybody came', async () => {
    const { simulator, client } = await setUp()
    simulator.hold({ endpoint: 'files/upload_all' }).release()
    expect((await client.uploadAll(bytes)).code).toBe(0)
  })
})

describe('the record of calls', () => {
  it('tells a call’s phases in order', async () => {
    const { simulator, client } = await setUp()
    const phases: string[] = []
    for (const phase of ['arrived', 'identified', 'committed', 'left', 'settled'] as const) {
      simulator.on(phase, (call) => phases.push(`${call.number} ${phase}`))
    }
    await client.uploadAll(bytes)
    expect(phases).toEqual(['2 arrived', '2 identified', '2 committed', '2 left', '2 settled'])
    expect(simulator.calls[1]).toEqual({
      number: 2,
      endpoint: 'files/upload_all',
      atMs: expect.any(Number),
      notBeforeMs: expect.any(Number),
      app: 'cli_demo',
      identity: 'app:cli_demo',
      fileName: 'a.bin',
      fileToken: simulator.files()[0]?.token,
      inFlight: 1,
      httpStatus: 200,
      code: 0,
      fate: 'committed',
      answered: true,
    })
  })

  it('stops telling a listener that has left', async () => {
    const { simulator, client } = await setUp()
    let heard = 0
    const stop = simulator.on('settled', () => heard++)
    await client.get('/drive/v1/files')
    stop()
    await client.get('/drive/v1/files')
    expect(heard).toBe(1)
  })

  it('is waited for, whether the call is past or to come', async () => {
    const { simulator, client } = await setUp()
    const coming = simulator.waitForCall((call) => call.fileName === 'b' && call.answered)
    await client.uploadAll(bytes, { file_name: 'a' })
    const past = await simulator.waitForCall((call) => call.fileName === 'a')
    expect(past).toMatchObject({ fate: 'committed', code: 0 })
    await client.uploadAll(bytes, { file_name: 'b' })
    expect((await coming).number).toBe(past.number + 1)
  })

  it('notes a client that went away in the middle of its body', async () => {
    const { simulator, client } = await setUp()
    const socket = connectSocket(Number(new URL(simulator.baseUrl).port), '127.0.0.1')
    socket.on('error', () => undefined)
    const head = [
      'POST /open-apis/drive/v1/files/upload_all HTTP/1.1',
      'Host: 127.0.0.1',
      `Authorization: Bearer ${client.token}`,
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 100000',
    ].join('\r\n')
    socket.write(
      `${head}\r\n\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc`,
    )
    await simulator.waitForCall((call) => call.endpoint === 'files/upload_all')
    socket.destroy()
    const call = await simulator.waitForCall((each) => each.fate === 'aborted')
    expect(call).toMatchObject({ endpoint: 'files/upload_all', answered: false })
    expect(simulator.files()).toEqual([])
  })
})

describe('the simulator as a whole', () => {
  it('closes open connections and held calls, rejects waiters, and may be closed again', async () => {
    const { simulator, client } = await setUp()
    const gate = simulator.hold({ endpoint: 'files/upload_all' })
    const held = client.uploadAll(bytes)
    const never = simulator.waitForCall((call) => call.endpoint === 'never')
    const [heldEnd, neverEnd] = [
      expect(held).rejects.toThrow(),
      expect(never).rejects.toThrow('closed'),
    ]
    await gate.reached
    await simulator.close()
    await simulator.close()
    await heldEnd
    await neverEnd
    await expect(client.get('/drive/v1/files')).rejects.toThrow()
  })

  it('closes while a call stalls', async () => {
    const { simulator, client } = await setUp()
    const stall = { kind: 'stall', where: 'before-body' } as const
    simulator.faults.add({ endpoint: 'files/upload_all', do: stall })
    const lost = expect(client.uploadAll(bytes)).rejects.toThrow()
    await simulator.waitForCall((call) => call.fate === 'stalled')
    await simulator.close()
    await lost
  })

  it('keeps the bytes in a folder it was given, and takes a port it was given', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'feishu-data-'))
    onTestFinished(() => rm(dataDir, { recursive: true }))
    const { simulator, client } = await setUp({ dataDir })
    await client.uploadAll(bytes)
    await simulator.close()
    expect(await readdir(join(dataDir, 'blobs'))).toHaveLength(1)
    const port = Number(new URL(simulator.baseUrl).port)
    const again = await startSimulator({ port })
    onTestFinished(() => again.close())
    expect(again.baseUrl).toBe(simulator.baseUrl)
  })

  it('drops refused and replaced bytes', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'feishu-data-'))
    onTestFinished(() => rm(dataDir, { recursive: true }))
    const { client } = await setUp({ dataDir })
    await client.uploadAll(bytes, { checksum: '1' })
    await client.uploadAll(bytes, { unknown: '1' })
    const { data } = await client.prepare(10)
    await client.part(data['upload_id'], 0, bytes.subarray(0, 10))
    await client.part(data['upload_id'], 0, bytes.subarray(10, 20))
    expect(await readdir(join(dataDir, 'blobs'))).toHaveLength(1)
    await access(dataDir)
  })

  it('speaks HTTPS, faults included', async () => {
    const { simulator, client } = await setUp({ https: SELF_SIGNED })
    expect(simulator.baseUrl).toMatch(/^https:/)
    expect((await client.uploadAll(bytes)).code).toBe(0)
    simulator.faults.add({ endpoint: 'files/upload_all', do: { kind: 'lose-answer' } })
    await expect(client.uploadAll(bytes)).rejects.toThrow()
    expect(simulator.files()).toHaveLength(2)
  })

  it('keeps apart from another simulator', async () => {
    const { simulator } = await setUp()
    const { simulator: other, client } = await setUp()
    expect(simulator.createFolder('', 'a')).not.toBe(other.createFolder('', 'a'))
    const stranger = await connect(simulator)
    onTestFinished(() => stranger.close())
    client.token = stranger.token
    expect((await client.get('/drive/v1/files')).code).toBe(99991663)
  })
})
