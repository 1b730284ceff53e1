/** An upload beside the local file as it is now, and beside what Feishu holds. */
import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { assembleTools } from '#main/app/run-tools.ts'
import { type VerifyWishes, verifyCopy } from '#main/app/verify-copy.ts'
import { fileSources } from '#main/engine/source.ts'
import { createFeishuApi } from '#main/feishu/calls/feishu-api.ts'
import { systemClock } from '#main/lib/clock.ts'
import { openStores } from '#main/store/open-stores.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { randomBytesOf } from '#test/kit/feidi/random-bytes.ts'
import { startSimulator } from '#test/simulator/simulator.ts'

const MiB = 1024 * 1024
/** Three leaves of the content hash. */
const SIZE_BYTES = 9 * MiB
const DEMO_APP = { kind: 'app', appId: 'cli_demo', appSecret: 'demo-secret' } as const
const NOT_ASKED: VerifyWishes = { remote: false }
const ALL: VerifyWishes = { remote: true, mostCalls: 10 }

/** A file that is up, and the means to verify it. */
async function uploaded(sizeBytes = SIZE_BYTES) {
  const root = await mkdtemp(join(tmpdir(), 'feidi-verify-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const simulator = await startSimulator({ rate: 'off' })
  onTestFinished(() => simulator.close())
  const folderToken = simulator.createFolder('', 'Inbox')
  const path = join(root, 'film.mov')
  const bytes = randomBytesOf('film', sizeBytes)
  await writeFile(path, bytes)
  const home = join(root, 'home')
  const { baseUrl } = simulator
  const clock = systemClock
  await work({ baseUrl, home, paths: [path], to: `folder:${folderToken}`, clock })

  const stores = openStores(home)
  const api = createFeishuApi({ baseUrl, credentials: DEMO_APP, clock, env: {} })
  onTestFinished(async () => {
    await api.close()
    stores.close()
  })
  const sources = fileSources(home)
  const tools = assembleTools({ api, stores, sources, clock, lanes: 'serial' })
  const [copy = expect.fail()] = stores.receipts.copiesAt(path)
  const means = { sources, verifying: async () => tools.verify }
  const never = new AbortController().signal
  const verify = (wishes: VerifyWishes, of: Copy = copy) => verifyCopy(of, means, wishes, never)
  return { simulator, folderToken, path, bytes, copy, verify, means, never }
}

it('finds the same content here and in Feishu, byte by byte', async () => {
  const { simulator, verify } = await uploaded()
  expect(await verify(NOT_ASKED)).toEqual({ local: { verdict: 'same' } })
  expect(simulator.callsTo('files/download')).toHaveLength(0)
  expect(await verify(ALL)).toMatchObject({
    local: { verdict: 'same' },
    remote: { verdict: 'there' },
    bytes: { verdict: 'same', compared: 3, pieces: 3 },
  })
  expect(simulator.callsTo('files/download')).toHaveLength(3)
})

it('notices another content of the same size and time', async () => {
  const { path, bytes, verify } = await uploaded()
  const { atime, mtime } = await stat(path)
  bytes[SIZE_BYTES - 1] = (bytes[SIZE_BYTES - 1] ?? 0) ^ 1
  await writeFile(path, bytes)
  await utimes(path, atime, mtime)
  // Feishu holds the upload all the same.
  expect(await verify(ALL)).toMatchObject({
    local: { verdict: 'changed' },
    bytes: { verdict: 'same', compared: 3 },
  })
  // A sample needs the local file.
  const sampled = await verify({ remote: false, mostCalls: 2 })
  expect(sampled.bytes).toEqual({ verdict: 'unknown', compared: 0, pieces: 3 })
})

it('names a local file that is gone', async () => {
  const { path, verify } = await uploaded()
  await rm(path)
  expect(await verify(NOT_ASKED)).toEqual({ local: { verdict: 'missing' } })
})

it('compares a sample with the local file when few calls are allowed', async () => {
  const { simulator, folderToken, bytes, copy, verify } = await uploaded()
  const sample: VerifyWishes = { remote: false, mostCalls: 2 }
  expect((await verify(sample)).bytes).toEqual({ verdict: 'same', compared: 2, pieces: 3 })
  expect(simulator.callsTo('files/download')).toHaveLength(2)
  const other = Buffer.from(bytes)
  other[SIZE_BYTES - 1] = (other[SIZE_BYTES - 1] ?? 0) ^ 1
  const fileToken = await simulator.addFile({
    parentToken: folderToken,
    name: 'film.mov',
    bytes: other,
  })
  const found = await verify(sample, { ...copy, fileToken })
  expect(found.bytes).toMatchObject({ verdict: 'different' })
  expect((await verify(ALL, { ...copy, fileToken })).bytes?.verdict).toBe('different')
})

it.each([
  ['shorter', -1],
  ['longer', 1],
] as const)('notices that Feishu holds a file that is one byte %s', async (_, more) => {
  const { simulator, folderToken, bytes, copy, verify } = await uploaded(5 * MiB)
  const name = 'film.mov'
  const changed = more < 0 ? bytes.subarray(0, -1) : Buffer.concat([bytes, Buffer.alloc(1)])
  const fileToken = await simulator.addFile({ parentToken: folderToken, name, bytes: changed })
  for (const mostCalls of [1, 10]) {
    const found = await verify({ remote: false, mostCalls }, { ...copy, fileToken })
    expect(found.bytes?.verdict).toBe('different')
  }
})

it('tells a file that was deleted or changed in Feishu', async () => {
  const { simulator, copy, verify } = await uploaded(1000)
  const before = { ...copy, landedAtMs: copy.landedAtMs - 3_600_000 }
  expect((await verify({ remote: true }, before)).remote).toMatchObject({ verdict: 'modified' })
  simulator.removeNode(copy.fileToken)
  expect((await verify({ remote: true })).remote).toEqual({ verdict: 'missing' })
})

it('says why it could not tell', async () => {
  const { simulator, copy, verify, means, never } = await uploaded(1000)
  simulator.faults.add({
    endpoint: 'files/download',
    times: 'always',
    do: { kind: 'answer', status: 400, code: 99991672 },
  })
  const noRight = await verify(ALL)
  expect(noRight.bytes).toMatchObject({ verdict: 'unknown', error: { code: 99991672 } })
  const signedOut = () => Promise.reject(new TransferError('signed-out'))
  const found = await verifyCopy(copy, { ...means, verifying: signedOut }, ALL, never)
  const error = { code: 'signed-out' }
  expect(found).toMatchObject({
    local: { verdict: 'same' },
    remote: { verdict: 'unknown', error },
    bytes: { verdict: 'unknown', error },
  })
})
