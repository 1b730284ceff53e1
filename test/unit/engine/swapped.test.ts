import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '#main/lib/clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { startSimulator } from '#test/simulator/simulator.ts'

// The bytes of a file outside the chosen folder, and of Feidi's own state, never leave.
it.skipIf(process.platform === 'win32').each([
  ['a file', 'outside'],
  ['a folder', 'outside'],
  ['a file', 'home'],
  ['a folder', 'home'],
] as const)(
  '%s that is swapped for a link to the %s while it waits is refused',
  async (what, to) => {
    const root = mkdtempSync(join(tmpdir(), 'feidi-swapped-'))
    const simulator = await startSimulator()
    try {
      const home = join(root, 'home')
      const aim = to === 'home' ? home : join(root, 'outside')
      const chosen = join(root, 'chosen')
      for (const dir of [home, join(root, 'outside'), join(chosen, 'sub')]) {
        mkdirSync(dir, { recursive: true })
      }
      writeFileSync(join(aim, 'key.txt'), 'secret')
      const waiting = join(chosen, 'sub/key.txt')
      writeFileSync(waiting, 'public')
      writeFileSync(join(chosen, 'first.txt'), 'first')
      const folder = simulator.createFolder('', 'Inbox')
      const { stateOf } = await work({
        baseUrl: simulator.baseUrl,
        home,
        paths: [chosen],
        to: `folder:${folder}`,
        clock: systemClock,
        onEngine() {
          const swapped = what === 'a file' ? waiting : join(chosen, 'sub')
          renameSync(swapped, join(root, 'moved'))
          symlinkSync(what === 'a file' ? join(aim, 'key.txt') : aim, swapped)
        },
      })
      expect(stateOf(join(chosen, 'first.txt'))?.kind).toBe('done')
      expect(stateOf(waiting)).toMatchObject({
        kind: 'failed',
        error: { code: 'source-redirected' },
      })
      expect(simulator.files().map(({ name }) => name)).toEqual(['first.txt'])
    } finally {
      await simulator.close()
      rmSync(root, { recursive: true, force: true })
    }
  },
)
