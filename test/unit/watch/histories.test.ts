import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { systemClock } from '#main/lib/clock.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import { untilLate } from '#test/kit/until-late.ts'
import { aRule, FakeQueue } from './watch-parts.ts'

/** The actions of people and programs on a folder, and the events that befall Feidi meanwhile. */
type Act =
  | { do: 'write' | 'append' | 'replace' | 'delete' | 'touch'; path: string }
  | { do: 'rename' | 'copy'; path: string; to: string }
  | { do: 'restart' | 'settle' | 'pause' | 'fail' }

const path = fc.constantFrom('a', 'b', 'd/a', 'd/b', 'd/e/a', 'f/a', 'x.tmp')
const folderOrFile = fc.oneof(path, fc.constantFrom('d', 'd/e', 'f'))
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), path }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'append' as const,
        'replace' as const,
        'delete' as const,
        'touch' as const,
      ),
      path,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), path: folderOrFile }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('rename' as const),
      path: folderOrFile,
      to: folderOrFile,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('copy' as const), path, to: path }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('restart' as const, 'settle' as const, 'pause' as const, 'fail' as const),
    }),
  },
)

/** A folder with a watcher, and a memory of how often each content came to be somewhere. */
class World {
  readonly folder = mkdtempSync(join(tmpdir(), 'feidi-history-'))
  readonly home = mkdtempSync(join(tmpdir(), 'feidi-home-'))
  readonly queue = new FakeQueue()
  readonly births = new Map<string, number>()
  #contents = 0
  #stores: Stores | undefined
  #service: WatchService | undefined

  start(): void {
    const stores = openStores(this.home)
    const service = new WatchService({
      rules: [aRule(this.folder, { settleMs: 30, createdAtMs: 0 })],
      index: stores.files,
      queue: this.queue,
      clock: systemClock,
      timings: { rootEveryMs: 20, quietMs: 50 },
    })
    this.queue.onEnd = (id, outcome) => {
      if (outcome.kind === 'done') service.transferDone(id, outcome)
      else service.transferFailed(id)
    }
    this.#stores = stores
    this.#service = service
    service.start()
  }

  async stop(): Promise<void> {
    this.queue.onEnd = () => {}
    await this.#service?.stop()
    this.#stores?.close()
  }

  async settle(): Promise<void> {
    for (;;) {
      const { waiting } = (await this.#service?.sweepOnce()) ?? { waiting: [] }
      if (waiting.length === 0) return
    }
  }

  async act(one: Act): Promise<void> {
    switch (one.do) {
      case 'restart':
        await this.stop()
        this.start()
        return
      case 'settle':
        return this.settle()
      case 'pause':
        await pause(40)
        return
      case 'fail':
        // The next upload does not get there.
        this.queue.holds = !this.queue.holds
        if (!this.queue.holds) this.#endAll()
        return
      default:
        this.#change(one)
    }
  }

  /** Returns the contents of the folder, by path. */
  files(dir = ''): Map<string, string> {
    const found = new Map<string, string>()
    for (const entry of readdirSync(join(this.folder, dir), { withFileTypes: true })) {
      const inside = join(dir, entry.name)
      if (entry.name.endsWith('.tmp')) continue
      if (entry.isDirectory()) for (const [at, text] of this.files(inside)) found.set(at, text)
      else found.set(inside, readFileSync(join(this.folder, inside), 'utf8'))
    }
    return found
  }

  async finish(): Promise<void> {
    this.queue.holds = false
    this.#endAll()
    await this.settle()
  }

  remove(): void {
    for (const folder of [this.folder, this.home]) rmSync(folder, { recursive: true, force: true })
  }

  /** Ends the transfers that were held, with the version they found. */
  #endAll(): void {
    for (const { id, outcome } of this.queue.taken) {
      if (this.queue.outcome(id).kind === 'open') this.queue.end(id, outcome)
    }
  }

  #change(one: Exclude<Act, { do: 'restart' | 'settle' | 'pause' | 'fail' }>): void {
    const full = join(this.folder, one.path)
    const isFile = existsSync(full) && statSync(full).isFile()
    try {
      if (one.do === 'write') this.#write(full, this.#fresh())
      else if (one.do === 'delete') rmSync(full, { recursive: true, force: true })
      else if (one.do === 'rename') this.#rename(full, join(this.folder, one.to))
      else if (!isFile) return
      else if (one.do === 'append') this.#write(full, readFileSync(full, 'utf8') + this.#fresh())
      else if (one.do === 'replace') this.#replace(full)
      else if (one.do === 'touch') utimesSync(full, new Date(), new Date())
      else if (one.do === 'copy') this.#copy(full, join(this.folder, one.to))
    } catch (error) {
      // A file where a folder would have to be, and the like: it does not happen then.
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (!/^(E|ERR_FS_)/.test(code)) throw error
    }
  }

  #fresh(): string {
    return `<${this.#contents++}>`
  }

  #write(full: string, content: string): void {
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, content)
    this.#born(content)
  }

  #replace(full: string): void {
    const content = this.#fresh()
    writeFileSync(`${full}.tmp`, content)
    renameSync(`${full}.tmp`, full)
    this.#born(content)
  }

  #copy(full: string, to: string): void {
    if (full === to) return
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(full, to)
    this.#born(readFileSync(to, 'utf8'))
  }

  /** A renamed file may count as new where another was known under that name. */
  #rename(full: string, to: string): void {
    mkdirSync(dirname(to), { recursive: true })
    renameSync(full, to)
    const moved = statSync(to).isFile()
      ? [readFileSync(to, 'utf8')]
      : this.files(relative(this.folder, to)).values()
    for (const content of moved) this.#born(content)
  }

  #born(content: string): void {
    this.births.set(content, (this.births.get(content) ?? 0) + 1)
  }
}

async function live(history: readonly Act[]): Promise<void> {
  const world = new World()
  try {
    world.start()
    for (const one of history) await world.act(one)
    await world.finish()
    const { queue, births } = world
    const up = new Set(queue.taken.map(({ content }) => content))
    for (const [path, content] of world.files()) {
      expect([...up], `${path} ${content}`).toContain(content)
    }
    // A file that vanished at the last moment was not uploaded.
    up.delete('(gone)')
    for (const content of up) {
      const times = queue.taken.filter((one) => one.content === content).length
      expect(times, content).toBeLessThanOrEqual(births.get(content) ?? 0)
    }
    const before = queue.taken.length
    await world.settle()
    await world.act({ do: 'restart' })
    await world.settle()
    expect(queue.taken.slice(before), 'an idle cycle').toEqual([])
  } finally {
    await world.stop()
    world.remove()
  }
}

it('whatever happens, what is in the folder is up in the end, and nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), untilLate(60_000, live)),
    {
      numRuns: Number(process.env['FEIDI_HISTORIES'] ?? 10),
    },
  )
}, 120_000)
