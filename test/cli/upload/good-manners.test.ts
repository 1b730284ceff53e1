/** The limits of the open platform, as the server sees them. */
import { describe, expect, it } from 'vitest'
import { KiB, openScene } from '#test/kit/feidi/scene.ts'
import { expectOnce, expectPolite } from '#test/kit/feidi/uploads.ts'

const COLLISION = 1_061_045

describe.concurrent('limits', () => {
  it('five calls a second and endpoint, over restarts too: as the server sees it', async (test) => {
    const scene = await openScene(test, { blockSizeBytes: 32 * KiB, singleCallBytes: KiB })
    const small = await Promise.all(
      Array.from({ length: 12 }, (_, n) => scene.write(`${n}.txt`, 500 + n)),
    )
    const large = await scene.write('parts.bin', 12 * 32 * KiB)
    const paths = [...small, large].map(({ path }) => path)
    const first = scene.start(['--json', 'upload', ...paths, '--to', scene.to, '--lanes', '8'])
    await scene.simulator.waitForCall(
      ({ endpoint, seq }) => endpoint === 'files/upload_part' && seq === 3,
    )
    first.signal('SIGKILL')
    await first.ended
    const run = await scene.upload(paths, '--lanes', '8')
    expect(run.exitCode).toBe(0)
    for (const file of [...small, large]) {
      await expectOnce(scene.simulator, scene.folderToken, file)
    }
    expectPolite(scene.simulator)
  })

  it('a server that wants one call at a time gets everything, after hardly any collision', async (test) => {
    const scene = await openScene(test, {
      forbidConcurrency: true,
      blockSizeBytes: 32 * KiB,
      singleCallBytes: KiB,
      latencyMs: 40,
    })
    const files = [
      await scene.write('parts.bin', 16 * 32 * KiB),
      ...(await Promise.all(Array.from({ length: 8 }, (_, n) => scene.write(`${n}.txt`, 500 + n)))),
    ]
    const run = await scene.upload(files.map(({ path }) => path))
    expect(run.exitCode).toBe(0)
    for (const file of files) await expectOnce(scene.simulator, scene.folderToken, file)
    const collisions = scene.simulator.calls.filter(({ code }) => code === COLLISION)
    expect(collisions.length).toBeLessThanOrEqual(2)
    expectPolite(scene.simulator)
    // The next start still knows.
    const calls = scene.simulator.calls.length
    const more = await scene.write('more.bin', 8 * 32 * KiB)
    expect((await scene.upload([more.path])).exitCode).toBe(0)
    const later = scene.simulator.calls.slice(calls)
    expect(later.filter(({ code }) => code === COLLISION)).toEqual([])
  })

  it('serial means one call in flight, ever', async (test) => {
    const scene = await openScene(test, {
      blockSizeBytes: 32 * KiB,
      alwaysInParts: true,
      latencyMs: 20,
    })
    const files = await Promise.all(['a', 'b', 'c'].map((name) => scene.write(name, 90 * KiB)))
    await scene.upload(
      files.map(({ path }) => path),
      '--lanes',
      'serial',
    )
    for (const file of files) await expectOnce(scene.simulator, scene.folderToken, file)
    expect(Math.max(...scene.simulator.calls.map(({ inFlight }) => inFlight))).toBe(1)
  })

  it('a bandwidth limit is kept', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 600 * KiB)
    const startedAtMs = performance.now()
    expect((await scene.upload([file.path], '--bandwidth', '400K')).exitCode).toBe(0)
    expect(performance.now() - startedAtMs).toBeGreaterThan(1_200)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })
})
