import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tempFolder } from './watch-kit.ts'

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

interface Line {
  readonly state?: { readonly kind: string; readonly path?: string }
  readonly taken?: readonly string[]
}

/** A watcher without root's right to read everything. */
function watchAsNobody(folder: string) {
  const home = tempFolder('feidi-home-')
  for (const path of [folder, home]) chmodSync(path, 0o777)
  chownSync(home, NOBODY, NOBODY)
  const program = join(import.meta.dirname, 'child-watcher.ts')
  const child: ChildProcess = spawn(process.execPath, [program, folder, home, String(NOBODY)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: Line[] = []
  const looks = new Set<() => void>()
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    lines.push(JSON.parse(line) as Line)
    for (const look of looks) look()
  })
  return {
    /** Resolves with the next line that fits, counted from the last one that was waited for. */
    says: (fits: (line: Line) => boolean): Promise<Line> =>
      new Promise((resolve) => {
        const look = () => {
          const index = lines.findIndex(fits)
          if (index < 0) return
          looks.delete(look)
          resolve(lines.splice(0, index + 1).at(-1) ?? {})
        }
        looks.add(look)
        look()
      }),
  }
}

const took = (path: string) => (line: Line) => line.taken?.includes(path) ?? false
const is = (kind: string) => (line: Line) => line.state?.kind === kind

describe.skipIf(!isRoot)('permission', () => {
  it('to read a folder is taken away and given back', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'closed'), { mode: 0o755 })
    writeFileSync(join(folder, 'closed/a.txt'), 'a')
    const { says } = watchAsNobody(folder)
    await says(took('closed/a.txt'))
    chmodSync(join(folder, 'closed'), 0o700)
    const { state } = await says(is('no-permission'))
    expect(state?.path).toBe(join(folder, 'closed'))
    writeFileSync(join(folder, 'closed/b.txt'), 'b')
    writeFileSync(join(folder, 'open.txt'), 'o')
    await says(took('open.txt'))
    chmodSync(join(folder, 'closed'), 0o755)
    await says(took('closed/b.txt'))
    await says(is('watching'))
    writeFileSync(join(folder, 'closed/c.txt'), 'c')
    await says(took('closed/c.txt'))
  })

  it('to read a file is given', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'a.txt'), 'a', { mode: 0o600 })
    const { says } = watchAsNobody(folder)
    await says((line) => is('watching')(line))
    chmodSync(join(folder, 'a.txt'), 0o644)
    await says(took('a.txt'))
  })

  it('to read the folder itself is taken away and given back', async () => {
    const folder = tempFolder()
    const { says } = watchAsNobody(folder)
    await says(is('watching'))
    chmodSync(folder, 0o700)
    await says(is('no-permission'))
    chmodSync(folder, 0o777)
    await says(is('watching'))
    writeFileSync(join(folder, 'a.txt'), 'a', { mode: 0o644 })
    await says(took('a.txt'))
  })
})
