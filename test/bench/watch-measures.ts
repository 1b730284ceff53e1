/** The measurements of watching; each is one or several lines of the table. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { below, exactly, type Figure } from './figure.ts'
import { withFolder } from './kit/files.ts'
import type { WatchInput, WatchResult } from './watch-program.ts'
import { makeTree, plainWalk, type TreeSize } from './watch-tree.ts'

const PROGRAM = new URL('./watch-program.ts', import.meta.url)
const SETTLE_MS = 500

/** Runs the program on a folder, with the state in `home`. */
function runWatch(input: Partial<WatchInput> & Pick<WatchInput, 'home' | 'folder'>) {
  const full: WatchInput = {
    settleMs: SETTLE_MS,
    initialFiles: 'only-new',
    afterwards: 'stop',
    ...input,
  }
  return new Promise<WatchResult>((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', PROGRAM.pathname, JSON.stringify(full)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(text) as WatchResult)
      else reject(new Error(`the watch program ended with ${code}`))
    })
  })
}

/**
 * A tree and a home that knows all of it.
 * @param initialFiles whether its files count as up, or as not wanted, which takes less time to begin with
 */
export function withKnownTree<T>(
  size: TreeSize,
  initialFiles: WatchInput['initialFiles'],
  work: (scene: { folder: string; home: string; first: WatchResult }) => Promise<T>,
): Promise<T> {
  return withFolder(async (parent) => {
    const [folder, home] = [join(parent, 'tree'), join(parent, 'home')]
    mkdirSync(home)
    makeTree(folder, size)
    const first = await runWatch({ folder, home, initialFiles })
    return work({ folder, home, first })
  })
}

/** Starting on what is known: against a plain walk, in turn. */
export async function measureStart(
  folder: string,
  home: string,
  folders: number,
): Promise<Figure[]> {
  const walks: number[] = []
  const starts: WatchResult[] = []
  for (let round = 0; round < 3; round++) {
    walks.push(await plainWalk(folder))
    starts.push(await runWatch({ folder, home }))
  }
  const walkMs = Math.min(...walks)
  const readyMs = Math.min(...starts.map((start) => start.readyMs))
  const addedMiB = Math.max(...starts.map((start) => start.addedMiB))
  const watches = starts[0]?.watches
  const opened = Math.max(...starts.map((start) => start.opened))
  return [
    {
      name: 'watch 100,000 files: start to nothing to do',
      measured: ms(readyMs),
      baseline: `${ms(walkMs)} walk and stat`,
      ratio: readyMs / walkMs,
      goal: below(readyMs, 2 * walkMs + 1_500, '< 2 × walk + 1.5 s'),
    },
    {
      name: 'watch 100,000 files: files opened by a start',
      measured: `${opened}`,
      goal: exactly(opened, 0),
    },
    {
      name: 'watch 100,000 files: memory added',
      measured: mib(addedMiB),
      goal: below(addedMiB, 200),
    },
    {
      name: 'watch 100,000 files: inotify watches',
      measured: `${watches}`,
      goal: exactly(watches, folders),
    },
  ]
}

/** One new file among many. */
export async function measureNewFile(folder: string, home: string): Promise<Figure[]> {
  const { queuedAfterMs = Number.NaN } = await runWatch({ folder, home, afterwards: 'one-file' })
  const beyondMs = queuedAfterMs - SETTLE_MS
  return [
    {
      name: 'watch 100,000 files: new file to queue, beyond the settle time',
      measured: ms(beyondMs),
      goal: below(beyondMs, 300),
    },
  ]
}

export async function measureIdle(folder: string, home: string, idleMs: number): Promise<Figure[]> {
  const { idleShare = Number.NaN } = await runWatch({ folder, home, afterwards: 'idle', idleMs })
  return [
    {
      name: 'watch 100,000 files: idle, share of a core',
      measured: `${(idleShare * 100).toFixed(2)}%`,
      goal: below(idleShare, 0.002, '< 0.2%'),
    },
  ]
}

export async function measureBurst(folder: string, home: string, files: number): Promise<Figure[]> {
  const { missed, longestStallMs } = await runWatch({
    folder,
    home,
    afterwards: 'burst',
    burstFiles: files,
  })
  return [
    {
      name: `watch: burst of ${files.toLocaleString('en')} files, missed`,
      measured: `${missed}`,
      baseline: `longest stall ${ms(longestStallMs)}`,
      goal: exactly(missed, 0),
    },
  ]
}

/** A tree ten times as large: first everything is new to it, then everything is known. */
export async function measureMany(size: TreeSize): Promise<Figure[]> {
  return withKnownTree(size, 'only-new', async ({ folder, home, first }) => {
    const again = await runWatch({ folder, home })
    const files = (size.folders * size.filesEach).toLocaleString('en')
    const addedMiB = Math.max(first.addedMiB, again.addedMiB)
    const stallMs = Math.max(first.longestStallMs, again.longestStallMs)
    return [
      {
        name: `watch ${files} files: first sweep, then a start`,
        measured: `${ms(first.readyMs)}, ${ms(again.readyMs)}`,
      },
      {
        name: `watch ${files} files: memory added`,
        measured: mib(addedMiB),
        goal: below(addedMiB, 500),
      },
      {
        name: `watch ${files} files: longest stall`,
        measured: ms(stallMs),
        goal: below(stallMs, 100),
      },
    ]
  })
}

function ms(value: number): string {
  return value >= 10_000 ? `${(value / 1_000).toFixed(1)} s` : `${value.toFixed(0)} ms`
}

function mib(value: number): string {
  return `${value.toFixed(0)} MiB`
}
