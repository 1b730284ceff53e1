/**
 * Ctrl-C and its kin: the command ends in time, with a checkpoint; the next one resumes from it.
 */
import { describe, expect, it, type TestContext } from 'vitest'
import { acknowledgedOnDisk, partKey } from '#test/kit/feidi/home.ts'
import { KiB, openScene, type Scene, type SourceFile } from '#test/kit/feidi/scene.ts'
import { steadyMsUntil } from '#test/kit/feidi/steady-steps.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'

const PARTS = 4

/** A command whose third part is held at the server. */
async function untilThirdPart(test: TestContext) {
  const scene = await openScene(test, { blockSizeBytes: 64 * KiB, alwaysInParts: true })
  const file = await scene.write('a.bin', PARTS * 64 * KiB)
  const other = await scene.write('b.bin', 100)
  const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 2 })
  const args = ['--json', 'upload', file.path, other.path, '--to', scene.to, '--lanes', 'serial']
  const feidi = scene.start(args)
  await gate.reached
  return { scene, file, other, gate, feidi }
}

/** The upload of a file; the other one may have begun before it. */
function transactionOf({ simulator }: Scene, { name }: SourceFile) {
  return simulator.transactions().find(({ place }) => place.fileName === name)
}

/** Seqs of the file's parts that are acknowledged on disk. */
function acknowledgedOf(scene: Scene, file: SourceFile): number[] {
  const { home } = scene
  const transaction = transactionOf(scene, file)
  const seqs = Array.from({ length: PARTS }, (_, seq) => seq)
  const onDisk = acknowledgedOnDisk(home)
  return seqs.filter((seq) => onDisk.has(partKey(transaction?.uploadId ?? '', seq)))
}

describe.concurrent('an interrupted upload', () => {
  it.for(['SIGINT', 'SIGTERM'] as const)(
    '%s: ends within two seconds and goes on later',
    async (signal, test) => {
      const { scene, file, other, gate, feidi } = await untilThirdPart(test)
      feidi.signal(signal)
      expect(await steadyMsUntil(feidi.ended)).toBeLessThan(2_000)
      const run = await feidi.ended
      expect(run.exitCode).toBe(130)
      // The other one may have gone up while the first was being read.
      const { done = 0, failed, unfinished } = run.summary ?? {}
      expect({ failed, left: unfinished }).toEqual({ failed: 0, left: 2 - done })
      expect(acknowledgedOf(scene, file)).toEqual([0, 1])
      gate.abandon()
      const resumed = await scene.run(['resume'])
      expect(resumed.exitCode).toBe(0)
      expect(resumed.summary).toEqual({ done: 2 - done, failed: 0, skipped: 0, unfinished: 0 })
      for (const each of [file, other]) await expectOnce(scene.simulator, scene.folderToken, each)
      expect(transactionOf(scene, file)?.receivedSeqs).toEqual([0, 1, 2, 3])
    },
  )

  it('lets the call that is under way come back, and keeps its acknowledgement', async (test) => {
    const { scene, file, gate, feidi } = await untilThirdPart(test)
    feidi.signal('SIGINT')
    // Plain output would say that it is stopping; the state on disk tells just as well.
    gate.release()
    const run = await feidi.ended
    expect(run.exitCode).toBe(130)
    expect(acknowledgedOf(scene, file)).toEqual([0, 1, 2])
  })

  it('ends at once when asked twice', async (test) => {
    const { scene, file, gate, feidi } = await untilThirdPart(test)
    feidi.signal('SIGINT')
    feidi.signal('SIGTERM')
    expect(await steadyMsUntil(feidi.ended)).toBeLessThan(700)
    expect((await feidi.ended).exitCode).toBe(130)
    gate.abandon()
    expect((await scene.run(['resume'])).exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('is told so in plain words, and how to go on', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 1000)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_all' })
    const feidi = scene.start(['upload', file.path, '--to', scene.to])
    await gate.reached
    feidi.signal('SIGINT')
    const run = await feidi.ended
    expect(run.exitCode).toBe(130)
    expect(run.stderr).toContain('Stopping')
    expect(run.stdout).toContain('feidi resume')
    gate.release()
    expect((await scene.run(['resume'])).exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('leaves the rest alone when it waits for the network', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 1000)
    scene.simulator.faults.add({
      endpoint: 'files/upload_all',
      times: 'always',
      do: { kind: 'reset', where: 'before-body' },
    })
    const feidi = scene.start(['--json', 'upload', file.path, '--to', scene.to])
    await feidi.line(({ state }) => state === 'waiting')
    feidi.signal('SIGTERM')
    expect(await steadyMsUntil(feidi.ended)).toBeLessThan(2_000)
    const run = await feidi.ended
    expect(run.exitCode).toBe(130)
    expect(run.summary).toMatchObject({ unfinished: 1 })
    scene.simulator.faults.clear()
    expect((await scene.run(['resume'])).exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })
})
