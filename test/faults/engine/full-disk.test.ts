/** The disk that holds the home fills up while parts are under way. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { acknowledgedOnDisk, partKey } from '#test/kit/feidi/home.ts'
import { MiB, openScene } from '#test/kit/feidi/scene.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'

/**
 * A folder on a small disk of its own, with room for the database and all that one upload writes
 * to its WAL: about 1 MiB. False where only root could make one and we are not.
 */
function mountSmallDisk(test: TestContext, folder: string): boolean {
  mkdirSync(folder, { mode: 0o700 })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=700', 'tmpfs', folder], {
      stdio: 'ignore',
    })
  } catch {
    return false
  }
  test.onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return true
}

/** Takes all the room that is left. */
function fillUp(file: string): void {
  const handle = openSync(file, 'w')
  try {
    const block = Buffer.alloc(4096)
    for (;;) writeSync(handle, block)
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
  } finally {
    closeSync(handle)
  }
}

describe('a full disk', () => {
  it('ends the upload with exit code 75 and a reason, and it goes on when there is room', async (test) => {
    const scene = await openScene(test, { blockSizeBytes: MiB })
    const home = join(scene.folder, '..', 'small-disk')
    if (!mountSmallDisk(test, home)) test.skip('only root can make a small disk')
    const file = await scene.write('a.bin', 21 * MiB)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 3 })
    const env = { FEIDI_HOME: home }
    const running = scene.run(['upload', file.path, '--to', scene.to, '--lanes', 'serial'], { env })
    await gate.reached
    fillUp(join(home, 'filler'))
    gate.release()
    const run = await running
    expect(run.exitCode).toBe(75)
    const problem = run.lines.findLast(({ type }) => type === 'error')
    expect(problem).toMatchObject({ error: { code: 'disk-full' } })
    rmSync(join(home, 'filler'))
    const known = acknowledgedOnDisk(home)
    expect(known.size).toBeGreaterThanOrEqual(3)
    const calls = scene.simulator.calls.length
    const resumed = await scene.run(['resume'], { env })
    expect(resumed.exitCode, resumed.stdout).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
    const later = scene.simulator.calls
      .slice(calls)
      .map(({ uploadId = '', seq = -1 }) => partKey(uploadId, seq))
    expect(later.filter((key) => known.has(key))).toEqual([])
  })
})
