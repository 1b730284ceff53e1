/**
 * Effects of a long pause: transactions and tokens end, another person signs in, a new day begins.
 */
import { rm } from 'node:fs/promises'
import { describe, expect, it, type TestContext } from 'vitest'
import type { Engine } from '#main/engine/engine.ts'
import { quotaDay } from '#shared/transfer/quota-day.ts'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { countCalls } from '#test/kit/feidi/home.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import {
  KiB,
  openScene,
  type Scene,
  type SceneOptions,
  type SourceFile,
} from '#test/kit/feidi/scene.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const PARTS = 4

/** An upload that was stopped when two of its parts were acknowledged, for good. */
async function stoppedHalfway(
  test: TestContext,
  options: SceneOptions & { env?: Record<string, string> } = {},
) {
  const scene = await openScene(test, {
    blockSizeBytes: 64 * KiB,
    alwaysInParts: true,
    rate: 'off',
    ...options,
  })
  const file = await scene.write('a.bin', PARTS * 64 * KiB)
  const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 2 })
  const args = ['--json', 'upload', file.path, '--to', scene.to, '--lanes', 'serial']
  const feidi = scene.start(args, options.env && { env: options.env })
  await gate.reached
  feidi.signal('SIGKILL')
  await feidi.ended
  gate.abandon()
  return { scene, file }
}

/** The first transaction was given up for a second one, which became the file. */
async function expectBegunAnew({ simulator, folderToken }: Scene, file: SourceFile) {
  await expectOnce(simulator, folderToken, file)
  const transactions = simulator.transactions().map(({ fileToken, receivedSeqs }) => ({
    finished: fileToken !== undefined,
    receivedSeqs,
  }))
  expect(transactions).toEqual([
    { finished: false, receivedSeqs: [0, 1] },
    { finished: true, receivedSeqs: [0, 1, 2, 3] },
  ])
}

describe.concurrent('an upload that was stopped halfway', () => {
  it('begins anew when the server no longer keeps it, after 24 hours', async (test) => {
    const { scene, file } = await stoppedHalfway(test)
    scene.simulator.clock.advance(25 * HOUR_MS)
    const run = await scene.upload([file.path])
    expect(run.exitCode).toBe(0)
    await expectBegunAnew(scene, file)
  })

  it('does not even ask when our own clock says that 23 hours are over', async (test) => {
    const { scene, file } = await stoppedHalfway(test)
    const calls = scene.simulator.calls.length
    const clock = fastClock(scene.simulator)
    clock.advance(23.5 * HOUR_MS)
    const { baseUrl } = scene.simulator
    await work({ baseUrl, home: scene.home, paths: [file.path], to: scene.to, clock })
    await expectBegunAnew(scene, file)
    const refused = scene.simulator.calls.slice(calls).filter(({ fate }) => fate === 'refused')
    expect(refused).toEqual([])
  })

  it('begins anew when the server has forgotten it', async (test) => {
    const { scene, file } = await stoppedHalfway(test)
    const [transaction] = scene.simulator.transactions()
    await scene.simulator.forgetTransaction(transaction?.uploadId ?? '')
    expect((await scene.upload([file.path])).exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('begins anew as another app', async (test) => {
    const { scene, file } = await stoppedHalfway(test)
    scene.simulator.registerApp('cli_other', 'other-secret')
    const env = { FEIDI_APP_ID: 'cli_other', FEIDI_APP_SECRET: 'other-secret' }
    const run = await scene.run(['upload', file.path, '--to', scene.to], { env })
    expect(run.exitCode).toBe(0)
    await expectBegunAnew(scene, file)
    expect(scene.simulator.calls.some(({ code }) => code === 1_062_007)).toBe(false)
  })

  it('begins anew when the token turns out to be somebody else’s', async (test) => {
    const scene = await openScene(test, {
      blockSizeBytes: 64 * KiB,
      alwaysInParts: true,
      rate: 'off',
    })
    const file = await scene.write('a.bin', PARTS * 64 * KiB)
    const as = (user: string) => ({
      env: {
        FEIDI_APP_ID: '',
        FEIDI_ACCESS_TOKEN: scene.simulator.issueUserToken({ user }),
      },
    })
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 2 })
    const args = ['--json', 'upload', file.path, '--to', scene.to, '--lanes', 'serial']
    const feidi = scene.start(args, as('ou_li'))
    await gate.reached
    feidi.signal('SIGKILL')
    await feidi.ended
    gate.abandon()
    const run = await scene.run(['upload', file.path, '--to', scene.to], as('ou_wang'))
    expect(run.exitCode).toBe(0)
    await expectBegunAnew(scene, file)
  })

  it('goes on from there after a night, when neither has ended', async (test) => {
    const { scene, file } = await stoppedHalfway(test)
    scene.simulator.clock.advance(9 * HOUR_MS)
    expect((await scene.upload([file.path])).exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
    expect(scene.simulator.transactions()[0]?.receivedSeqs).toEqual([0, 1, 2, 3])
  })

  it('stays where it is while its file is gone, and its record is kept', async (test) => {
    const { scene, file } = await stoppedHalfway(test)
    await rm(file.path)
    const run = await scene.upload([file.path])
    expect(run.exitCode).toBe(1)
    expect(run.transferOf(file.path)?.error?.code).toBe('source-missing')
    await scene.write('a.bin', file.bytes)
    expect((await scene.upload([file.path])).exitCode).toBe(0)
    expect(scene.simulator.transactions()[0]?.receivedSeqs).toEqual([0, 1, 2, 3])
  })
})

describe.concurrent('a token', () => {
  it('that ends while parts are under way is renewed, and no part is sent twice', async (test) => {
    const scene = await openScene(test, {
      blockSizeBytes: 64 * KiB,
      alwaysInParts: true,
      rate: 'off',
    })
    const file = await scene.write('a.bin', PARTS * 64 * KiB)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 1 })
    const feidi = scene.start([
      '--json',
      'upload',
      file.path,
      '--to',
      scene.to,
      '--lanes',
      'serial',
    ])
    await gate.reached
    scene.simulator.clock.advance(3 * HOUR_MS)
    gate.release()
    expect((await feidi.ended).exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
    expect(scene.simulator.transactions()[0]?.receivedSeqs).toEqual([0, 1, 2, 3])
    expect(scene.simulator.callsTo('token')).toHaveLength(2)
  })

  it('given by hand that ends: exit code 3, and the work is kept for the next one', async (test) => {
    const scene = await openScene(test, {
      blockSizeBytes: 64 * KiB,
      alwaysInParts: true,
      rate: 'off',
    })
    const file = await scene.write('a.bin', PARTS * 64 * KiB)
    const env = () => ({ FEIDI_APP_ID: '', FEIDI_ACCESS_TOKEN: scene.simulator.issueUserToken() })
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 1 })
    const args = ['upload', file.path, '--to', scene.to, '--lanes', 'serial']
    const running = scene.run(args, { env: env() })
    await gate.reached
    scene.simulator.clock.advance(3 * HOUR_MS)
    gate.release()
    const first = await running
    expect(first.exitCode).toBe(3)
    expect(first.transferOf(file.path)?.state).toBe('queued')
    const said = first.lines.find(({ type }) => type === 'error')
    expect(said).toMatchObject({ error: { code: 'token-refused' } })
    const second = await scene.run(args, { env: env() })
    expect(second.exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
    expect(scene.simulator.transactions()[0]?.receivedSeqs).toEqual([0, 1, 2, 3])
  })
})

describe.concurrent('the day’s calls', () => {
  it('used up as the server counts them: says until when, exit code 75, nothing is lost', async (test) => {
    const scene = await openScene(test, { rate: { writesPerDay: 2 } })
    const files = await Promise.all(['a', 'b', 'c'].map((name) => scene.write(name, 1000)))
    const paths = files.map(({ path }) => path)
    const run = await scene.upload(paths)
    expect(run.exitCode).toBe(75)
    expect(run.summary).toEqual({ done: 2, failed: 0, skipped: 0, unfinished: 1 })
    const waiting = run.lines.findLast(({ type }) => type === 'waiting')
    expect(waiting).toMatchObject({ reason: 'quota', untilMs: expect.any(Number) })
    scene.simulator.setRate('off')
    const clock = fastClock(scene.simulator)
    clock.advance(24 * HOUR_MS)
    const { baseUrl } = scene.simulator
    await work({ baseUrl, home: scene.home, paths, to: scene.to, clock })
    for (const file of files) await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('used up as we have counted them: no call is made, it goes on the next day', async (test) => {
    const scene = await openScene(test, { alwaysInParts: true, blockSizeBytes: 64 * KiB })
    const file = await scene.write('a.bin', 100 * KiB)
    countCalls(scene, 'drive/v1/files/upload_part', 10_000, Date.now())
    const run = await scene.upload([file.path])
    expect(run.exitCode).toBe(75)
    expect(run.summary).toEqual({ done: 0, failed: 0, skipped: 0, unfinished: 1 })
    expect(run.lines.findLast(({ type }) => type === 'waiting')).toMatchObject({ reason: 'quota' })
    expect(scene.simulator.callsTo('files/upload_part')).toHaveLength(0)
    const status = await scene.run(['status'])
    expect(status.exitCode).toBe(0)
    expect(status.lines.at(-1)).toMatchObject({ type: 'status', transfers: { waiting: 1 } })
    const clock = fastClock(scene.simulator)
    clock.advance(24 * HOUR_MS)
    const { baseUrl } = scene.simulator
    await work({ baseUrl, home: scene.home, paths: [file.path], to: scene.to, clock })
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('used up: an engine that may wait does so, and carries on by itself at midnight in Beijing', async (test) => {
    const scene = await openScene(test, { rate: 'off' })
    const files = await Promise.all(['a', 'b'].map((name) => scene.write(name, 1000)))
    const clock = fastClock(scene.simulator, 1_000)
    // From the beginning of an hour, so that the day does not end before the work begins.
    clock.advance(HOUR_MS - (clock.nowMs() % HOUR_MS))
    countCalls(scene, 'drive/v1/files/upload_all', 9_999, clock.nowMs())
    // Otherwise the other one would go in parts.
    countCalls(scene, 'drive/v1/files/upload_prepare', 10_000, clock.nowMs())
    let midnightMs = Number.POSITIVE_INFINITY
    const { end } = await work({
      baseUrl: scene.simulator.baseUrl,
      home: scene.home,
      paths: files.map(({ path }) => path),
      to: scene.to,
      clock,
      longestWaitMs: 30 * 24 * HOUR_MS,
      onEngine: (engine: Engine) =>
        engine.events.on('waiting', ({ reason, untilMs }) => {
          if (reason !== 'quota' || untilMs >= midnightMs) return
          midnightMs = untilMs
          clock.advance(untilMs - clock.nowMs() - MINUTE_MS)
        }),
    })
    expect(quotaDay(midnightMs)).not.toBe(quotaDay(midnightMs - MINUTE_MS))
    expect(clock.nowMs()).toBeGreaterThanOrEqual(midnightMs)
    expect(end).toEqual({ kind: 'settled' })
    for (const file of files) await expectOnce(scene.simulator, scene.folderToken, file)
  })
})
