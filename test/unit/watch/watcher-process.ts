import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

export interface Line {
  readonly state?: { readonly kind: string; readonly path?: string; readonly setting?: string }
  readonly taken?: readonly string[]
  readonly problem?: { readonly path: string; readonly code: string }
}

const PROGRAM = join(import.meta.dirname, 'child-watcher.ts')

/**
 * A watcher in a process of its own.
 * @param wrapper a command line that runs the one that is appended to it
 */
export function startWatcher(args: readonly string[], wrapper: readonly string[] = []) {
  const [command = '', ...rest] = [...wrapper, process.execPath, PROGRAM, ...args]
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: Line[] = []
  const looks = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
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

export const took = (path: string) => (line: Line) => line.taken?.includes(path) ?? false

export const is = (kind: string) => (line: Line) => line.state?.kind === kind
