/** Watches a folder in a process of its own and tells what it cost. Input: JSON in the first argument. */
import fs, { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '#main/lib/clock.ts'
import { type Disk, setDisk } from '#main/lib/file-system.ts'
import { openStores } from '#main/store/open-stores.ts'
import type { TransferOutcome, TransferQueue, WatchCandidate } from '#main/watch/ports.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

export interface WatchInput {
  readonly home: string
  readonly folder: string
  readonly settleMs: number
  readonly initialFiles: WatchRule['initialFiles']
  /** The action once all files are known: none, one new file, a burst, or a rest. */
  readonly afterwards: 'stop' | 'one-file' | 'burst' | 'idle'
  readonly burstFiles?: number
  readonly idleMs?: number
}

export interface WatchResult {
  /** From `start()` to "watching, nothing to do". */
  readonly readyMs: number
  readonly handedOver: number
  readonly addedMiB: number
  readonly watches: number
  /** Files that were opened meanwhile: to look into one takes much longer than to look at it. */
  readonly opened: number
  readonly longestStallMs: number
  /** From the file's last byte to the queue. */
  readonly queuedAfterMs?: number
  readonly missed?: number
  readonly idleShare?: number
}

/** After so long V8 has given back the memory of the start. */
const SETTLED_MS = 20_000

/** Timers of the measurement itself. */
const gauges: NodeJS.Timeout[] = []

const input = JSON.parse(process.argv[2] ?? '') as WatchInput

/** Of whatever went up: nothing is compared with it here. */
const CONTENT_HASH = '0'.repeat(64)

/** Takes everything and has it up at once. */
class InstantQueue implements TransferQueue {
  taken = 0
  readonly #up = new Map<string, Fingerprint>()

  enqueue(candidates: readonly WatchCandidate[]): string[] {
    // Asked about at once, and never again.
    this.#up.clear()
    return candidates.map(({ fingerprint }) => {
      const id = `t${this.taken++}`
      this.#up.set(id, fingerprint)
      return id
    })
  }

  outcome(id: string): TransferOutcome {
    return { kind: 'done', fingerprint: this.#up.get(id) ?? null, contentHash: CONTENT_HASH }
  }
}

process.stdout.write(JSON.stringify(await run()))
process.exit(0)

async function run(): Promise<WatchResult> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const peak = watchMemory()
  const stalls = watchStalls()
  const opened = countOpened()
  const stores = openStores(input.home)
  const queue = new InstantQueue()
  const rule = aRule()
  const service = new WatchService({
    rules: [rule],
    index: stores.files,
    queue,
    clock: systemClock,
  })
  const startedAtMs = performance.now()
  const ready = watching(service)
  service.start()
  await ready
  const readyMs = performance.now() - startedAtMs
  const result = {
    readyMs,
    handedOver: queue.taken,
    watches: countWatches(),
    opened: opened(),
    longestStallMs: stalls(),
    addedMiB: (peak() - before) / 1024 ** 2,
  }
  const more = await after(service, queue)
  const end = { ...result, ...more, longestStallMs: stalls() }
  await service.stop()
  stores.close()
  return end
}

async function after(service: WatchService, queue: InstantQueue) {
  switch (input.afterwards) {
    case 'one-file': {
      const name = `new-${Date.now()}.txt`
      const taken = new Promise<void>((resolve) => {
        service.events.on('handedOver', ({ files }) => {
          if (files.some(({ candidate }) => candidate.fileName === name)) resolve()
        })
      })
      writeFileSync(join(input.folder, 'branch-3', 'folder-3', name), 'new')
      const writtenAtMs = performance.now()
      await taken
      return { queuedAfterMs: performance.now() - writtenAtMs }
    }
    case 'burst': {
      const count = input.burstFiles ?? 0
      const before = queue.taken
      for (let file = 0; file < count; file++) {
        const folder = join(input.folder, `branch-${file % 10}`, `folder-${file % 10}`)
        mkdirSync(folder, { recursive: true })
        writeFileSync(join(folder, `burst-${file}.txt`), String(file))
        if (file % 200 === 0) await pause(0)
      }
      await service.sweepOnce()
      return { missed: count - (queue.taken - before) }
    }
    case 'idle': {
      for (const gauge of gauges) clearInterval(gauge)
      // The garbage of the start is not idling: V8 collects it in threads of its own, seconds later.
      globalThis.gc?.()
      await pause(SETTLED_MS)
      const { user, system } = process.cpuUsage()
      await pause(input.idleMs ?? 0)
      const used = process.cpuUsage({ user, system })
      return { idleShare: (used.user + used.system) / 1_000 / (input.idleMs ?? 1) }
    }
    default:
      return {}
  }
}

function watching(service: WatchService): Promise<void> {
  return new Promise((resolve) => {
    service.events.on('state', ({ state }) => {
      if (state.kind === 'watching' && state.waiting === 0) resolve()
    })
    service.events.on('problem', ({ error }) => process.stderr.write(`${JSON.stringify(error)}\n`))
  })
}

function aRule(): WatchRule {
  return {
    ...WATCH_RULE_DEFAULTS,
    id: 'bench',
    folder: input.folder,
    destination: { kind: 'folder', folderToken: 'fldcnBench' },
    settleMs: input.settleMs,
    initialFiles: input.initialFiles,
    // So that 1,500 children are no limit.
    overflowFolders: true,
    createdAtMs: Date.now(),
  }
}

function countOpened(): () => number {
  let count = 0
  const promises = {
    ...fs.promises,
    open: (path: string, flags: number) => {
      count += 1
      return fs.promises.open(path, flags)
    },
  }
  setDisk({ lstat: fs.lstat, stat: fs.stat, promises: promises as Disk['promises'] })
  return () => count
}

function watchMemory(): () => number {
  let peak = process.memoryUsage().rss
  gauges.push(
    setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }, 20),
  )
  return () => Math.max(peak, process.memoryUsage().rss)
}

/** Returns a function that gives the longest delay of a 5 ms timer. */
function watchStalls(): () => number {
  const everyMs = 5
  let last = performance.now()
  let worst = 0
  gauges.push(
    setInterval(() => {
      const nowMs = performance.now()
      worst = Math.max(worst, nowMs - last - everyMs)
      last = nowMs
    }, everyMs),
  )
  return () => worst
}

/** inotify watches of this process. */
function countWatches(): number {
  let count = 0
  for (const descriptor of readdirSync('/proc/self/fdinfo')) {
    try {
      const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8')
      count += info.match(/^inotify /gm)?.length ?? 0
    } catch {
      // It was closed meanwhile.
    }
  }
  return count
}
