/**
 * The file changes during its upload. The result is always exactly one version, never a mixture.
 */
import { renameSync, rmSync } from 'node:fs'
import { appendFile, chmod, open, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { randomBytesOf } from '#test/kit/feidi/random-bytes.ts'
import { KiB, MiB, openScene, type Scene, type SourceFile } from '#test/kit/feidi/scene.ts'
import { expectBytes, expectOnce, filesNamed } from '#test/kit/feidi/uploads.ts'
import type { HoldTarget } from '#test/simulator/gates.ts'

const BLOCK_BYTES = 4 * KiB
const FILE_BYTES = 18 * KiB
const PARTS = 5

/** Changes the file and returns its new content. */
type Change = (file: SourceFile) => Promise<Buffer>

const CHANGES: Readonly<Record<string, Change>> = {
  grows: async ({ path, bytes }) => {
    const more = randomBytesOf('more', 7 * KiB)
    await appendFile(path, more)
    return Buffer.concat([bytes, more])
  },
  'is cut short': async ({ path, bytes }) => {
    await truncate(path, 9 * KiB)
    return bytes.subarray(0, 9 * KiB)
  },
  'is replaced by another of the same size': async ({ path }) => {
    const other = randomBytesOf('other', FILE_BYTES)
    await writeFile(`${path}.new`, other)
    await rename(`${path}.new`, path)
    return other
  },
  'is overwritten in its last bytes': async ({ path, bytes }) => {
    const handle = await open(path, 'r+')
    await handle.write(Buffer.from('changed'), 0, 7, FILE_BYTES - 7)
    await handle.close()
    return Buffer.concat([bytes.subarray(0, FILE_BYTES - 7), Buffer.from('changed')])
  },
  'is overwritten in its first bytes': async ({ path, bytes }) => {
    const handle = await open(path, 'r+')
    await handle.write(Buffer.from('changed'), 0, 7, 0)
    await handle.close()
    return Buffer.concat([Buffer.from('changed'), bytes.subarray(7)])
  },
  'is overwritten and has its times put back': async ({ path }) => {
    const other = randomBytesOf('other', FILE_BYTES)
    await writeFile(path, other, { flag: 'r+' })
    await utimes(path, WRITTEN_AT, WRITTEN_AT)
    return other
  },
}

/** Seconds since 1970: a time that can be put back exactly. */
const WRITTEN_AT = 1_700_000_000

/** The same content under another time or inode. */
const SHAMS: Readonly<Record<string, Change>> = {
  'is only touched': async ({ path, bytes }) => {
    await utimes(path, new Date(), new Date(Date.now() + 60_000))
    return bytes
  },
  'is deleted and restored': async ({ path, bytes }) => {
    await writeFile(`${path}.kept`, bytes)
    // In one go: who reads ahead meanwhile would find nothing, which is another story.
    rmSync(path)
    renameSync(`${path}.kept`, path)
    return bytes
  },
  'is replaced by an equal copy': async ({ path, bytes }) => {
    await writeFile(`${path}.new`, bytes)
    await rename(`${path}.new`, path)
    return bytes
  },
}

const MOMENTS: Readonly<Record<string, HoldTarget>> = {
  'while it is prepared': { endpoint: 'files/upload_prepare' },
  'during its first part': { endpoint: 'files/upload_part', seq: 0 },
  'between two parts': { endpoint: 'files/upload_part', seq: 2, when: 'after-commit' },
  'during its last part': { endpoint: 'files/upload_part', seq: PARTS - 1 },
}

interface Result {
  readonly scene: Scene
  readonly file: SourceFile
  readonly changed: Buffer
  readonly state: { readonly kind: string } | undefined
}

/** Uploads a file in parts and changes it at the given moment. */
async function uploadAndChange(
  test: TestContext,
  moment: HoldTarget,
  change: Change,
  alwaysInParts = true,
): Promise<Result> {
  const scene = await openScene(test, { blockSizeBytes: BLOCK_BYTES, rate: 'off', alwaysInParts })
  const file = await scene.write('日志.log', FILE_BYTES)
  await utimes(file.path, WRITTEN_AT, WRITTEN_AT)
  const gate = scene.simulator.hold(moment)
  const working = upload(scene, file)
  await gate.reached
  const changed = await change(file)
  gate.release()
  const { end, stateOf } = await working
  expect(end).toEqual({ kind: 'settled' })
  return { scene, file, changed, state: stateOf(file.path) }
}

function upload({ simulator, home, to }: Scene, { path }: SourceFile) {
  const clock = fastClock(simulator)
  return work({ baseUrl: simulator.baseUrl, home, paths: [path], to, clock })
}

function cases(changes: Readonly<Record<string, Change>>) {
  return Object.keys(changes).flatMap((what) =>
    Object.keys(MOMENTS).map((moment) => ({ what, moment })),
  )
}

describe.concurrent('a file in parts that changes', () => {
  it.for(cases(CHANGES))(
    '$what $moment: the new version is up, whole',
    async ({ what, moment }, test) => {
      const change = CHANGES[what] as Change
      const { scene, file, changed, state } = await uploadAndChange(
        test,
        MOMENTS[moment] as HoldTarget,
        change,
      )
      expect(state).toMatchObject({ kind: 'done' })
      await expectOnce(scene.simulator, scene.folderToken, { name: file.name, bytes: changed })
    },
  )

  it.for(cases(SHAMS))('$what $moment: no part is sent twice', async ({ what, moment }, test) => {
    const sham = SHAMS[what] as Change
    const { scene, file, state } = await uploadAndChange(test, MOMENTS[moment] as HoldTarget, sham)
    expect(state).toMatchObject({ kind: 'done' })
    await expectOnce(scene.simulator, scene.folderToken, file)
    expect(scene.simulator.transactions()).toHaveLength(1)
    expect(scene.simulator.callsTo('files/upload_part')).toHaveLength(PARTS)
  })

  it('after everything was sent and before the end is asked for: the old version is up, the next upload brings the new one', async (test) => {
    const moment = { endpoint: 'files/upload_finish' }
    const { scene, file, changed, state } = await uploadAndChange(
      test,
      moment,
      CHANGES['grows'] as Change,
    )
    expect(state).toMatchObject({ kind: 'done' })
    await expectOnce(scene.simulator, scene.folderToken, file)
    const again = await upload(scene, file)
    const newest = again.stateOf(file.path)
    expect(newest?.kind).toBe('done')
    expect(filesNamed(scene.simulator, scene.folderToken, file.name)).toHaveLength(2)
    const token = newest?.kind === 'done' ? newest.fileToken : ''
    await expectBytes(scene.simulator, token, changed)
  })
})

describe.concurrent('a file in one call that changes on the way', () => {
  it.for(Object.keys(CHANGES))('%s: one whole version is up', async (what, test) => {
    const moment = { endpoint: 'files/upload_all' }
    const { scene, file, changed, state } = await uploadAndChange(
      test,
      moment,
      CHANGES[what] as Change,
      false,
    )
    expect(state).toMatchObject({ kind: 'done' })
    // The bytes were in memory, so it is the version from before.
    await expectOnce(scene.simulator, scene.folderToken, file)
    const again = await upload(scene, file)
    const newest = again.stateOf(file.path)
    const token = newest?.kind === 'done' ? newest.fileToken : ''
    await expectBytes(scene.simulator, token, changed)
  })
})

describe.concurrent('a file in one call that changes just before it is read', () => {
  it.for(Object.keys(CHANGES))('%s: the new version is up, whole', async (what, test) => {
    const scene = await openScene(test, { rate: 'off' })
    const file = await scene.write('日志.log', FILE_BYTES)
    let changed: Buffer | undefined
    const { stateOf } = await work({
      baseUrl: scene.simulator.baseUrl,
      home: scene.home,
      paths: [file.path],
      to: scene.to,
      clock: fastClock(scene.simulator),
      replace: ({ sources, ...rest }) => ({
        ...rest,
        sources: {
          ...sources,
          read: async (...args) => {
            changed ??= await CHANGES[what]?.(file)
            return sources.read(...args)
          },
        },
      }),
    })
    expect(stateOf(file.path)?.kind).toBe('done')
    const bytes = changed ?? file.bytes
    await expectOnce(scene.simulator, scene.folderToken, { name: file.name, bytes })
    expect(scene.simulator.callsTo('files/upload_all')).toHaveLength(1)
  })
})

describe.concurrent('a file in parts that goes away', () => {
  it.for(['during its first part', 'between two parts', 'during its last part'])(
    '%s: fails, and goes on from there when it is back',
    async (moment, test) => {
      const target = MOMENTS[moment] as HoldTarget
      const { scene, file, state } = await uploadAndChange(
        test,
        target,
        async ({ path, bytes }) => {
          await rm(path)
          return bytes
        },
      )
      expect(state).toMatchObject({ kind: 'failed', error: { code: 'source-missing' } })
      expect(filesNamed(scene.simulator, scene.folderToken, file.name)).toEqual([])
      await writeFile(file.path, file.bytes)
      const { stateOf } = await upload(scene, file)
      expect(stateOf(file.path)?.kind).toBe('done')
      await expectOnce(scene.simulator, scene.folderToken, file)
      expect(scene.simulator.callsTo('files/upload_part')).toHaveLength(PARTS)
    },
  )

  it.runIf(process.getuid?.() === 0)(
    'because nobody may read it any more: fails, and goes on when that is put right',
    async (test) => {
      const scene = await openScene(test, { blockSizeBytes: 8 * MiB, rate: 'off' })
      const file = await scene.write('a.bin', 21 * MiB)
      const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 0 })
      // Root may read every file, so another user runs the command.
      await chmod(dirname(scene.folder), 0o777)
      const nobody = { uid: 65_534, env: { FEIDI_HOME: `${scene.home}-of-nobody` } }
      const running = scene.run(
        ['upload', file.path, '--to', scene.to, '--lanes', 'serial'],
        nobody,
      )
      await gate.reached
      await chmod(file.path, 0o000)
      gate.release()
      const first = await running
      expect(first.exitCode).toBe(1)
      expect(first.transferOf(file.path)).toMatchObject({
        state: 'failed',
        error: { code: 'source-unreadable' },
      })
      expect(scene.simulator.files()).toEqual([])
      await chmod(file.path, 0o644)
      const second = await scene.run(['resume', '--failed'], nobody)
      expect(second.exitCode).toBe(0)
      await expectOnce(scene.simulator, scene.folderToken, file)
      expect(scene.simulator.callsTo('files/upload_part')).toHaveLength(3)
    },
  )
})
