import nodeFs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ADOPTED_MEMO } from '#main/engine/ports.ts'
import { setDisk } from '#main/lib/file-system.ts'
import { DATABASE_NAME } from '#main/store/database.ts'
import { openStores } from '#main/store/open-stores.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'
import { layHome } from '#test/kit/feidi/home.ts'
import { MemoryDisk } from '#test/kit/memory-disk.ts'
import { MemoryDrive } from '#test/unit/engine/engine-world.ts'
import { type Act, FIRST_FILES, type History } from './acts.ts'
import { ContentLedger } from './content-ledger.ts'
import { Life } from './life.ts'
import { People } from './people.ts'

const FOLDER = '/work'
const FIRST_BYTES = 40
export const SETTLE_MS = 2_000
/**
 * Time of one round. Settled files take one; those that failed or wait for the server take a few.
 */
const ROUND_MS = 20_000
const MOST_ROUNDS = 100

/** A folder, a Drive, and processes of Feidi one after another between them. */
export class HistoryWorld {
  readonly clock = new FakeClock()
  readonly disk = new MemoryDisk(() => this.clock.nowMs())
  readonly drive = new MemoryDrive(this.clock)
  readonly ledger = new ContentLedger()
  readonly home = mkdtempSync(join(tmpdir(), 'feidi-history-'))
  readonly rule: WatchRule
  #life: Life | undefined
  readonly #people = new People(this.disk, FOLDER, () => this.clock.nowMs())
  kills = 0

  constructor(options: History['options']) {
    layHome(this.home)
    for (const path of FIRST_FILES) this.#people.act({ do: 'write', path, size: FIRST_BYTES })
    this.#note()
    setDisk(this.disk.disk)
    this.rule = {
      ...WATCH_RULE_DEFAULTS,
      ...options,
      id: 'r1',
      folder: FOLDER,
      destination: { kind: 'folder', folderToken: 'root' },
      settleMs: SETTLE_MS,
      createdAtMs: this.clock.nowMs(),
    }
  }

  get life(): Life {
    if (this.#life === undefined) throw new Error('no process')
    return this.#life
  }

  start(): void {
    const { home, clock, disk, drive, rule } = this
    this.#life = new Life({ home, clock, disk, drive, rule })
    this.#life.start()
  }

  async restart(): Promise<void> {
    await this.#life?.stop(this.clock)
    this.start()
  }

  /**
   * Cuts the power; the home has this on its disk when it is back.
   * @param isAdopted a person put it back, and says that it is to continue
   */
  async wakeUpWith(database: Uint8Array, wal: Uint8Array, isAdopted: boolean): Promise<void> {
    this.life.mortal.die()
    await this.life.stop(this.clock)
    const file = join(this.home, DATABASE_NAME)
    writeFileSync(file, database)
    writeFileSync(`${file}-wal`, wal)
    if (isAdopted) {
      const stores = openStores(this.home)
      stores.memos.remember(ADOPTED_MEMO, this.clock.nowMs())
      stores.close()
    }
    this.start()
  }

  async close(): Promise<void> {
    await this.#life?.stop(this.clock)
    setDisk(nodeFs)
    rmSync(this.home, { recursive: true, force: true })
  }

  async act(one: Act): Promise<void> {
    switch (one.do) {
      case 'restart':
        return this.restart()
      case 'deaf':
      case 'hearing':
        this.disk.isDeaf = one.do === 'deaf'
        return
      case 'sweep':
        this.life.service.wake()
        return
      case 'kill':
        this.life.mortal.condemn(one)
        return
      case 'line':
        for (let time = 0; time < one.times; time++) this.life.line.arm(one.fault)
        return
      default:
        this.#people.act(one)
        this.#note()
    }
  }

  /** Lets time pass; slow writers continue, and a process that died is started again. */
  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms)
    this.#people.writeOn()
    this.#note()
    if (!this.life.isDead) return
    this.kills += 1
    await this.restart()
  }

  /** Lets every writer finish, makes every file readable, and repairs the line. */
  async calmDown(): Promise<void> {
    while (this.#people.areWriting) await this.pass(500)
    this.disk.isDeaf = false
    for (const path of this.disk.files(FOLDER).keys()) {
      this.disk.setReadable(join(FOLDER, path), true)
    }
    this.#note()
    this.life.line.disarm()
    await this.pass(SETTLE_MS)
  }

  /** Time passes until nothing is under way. */
  async comeToRest(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      this.life.service.wake()
      const { kills } = this
      await this.pass(ROUND_MS)
      if (this.kills === kills && this.life.isAtRest) return
    }
    throw new Error('it does not come to rest')
  }

  /** Returns the contents of the folder: path -> content. */
  files(): Map<string, string> {
    return new Map([...this.disk.files(FOLDER)].map(([path, bytes]) => [path, textOf(bytes)]))
  }

  /** Returns the contents of Drive: one entry per file. */
  remote(): string[] {
    return this.drive.nodes.flatMap(({ type, bytes }) => (type === 'file' ? textOf(bytes) : []))
  }

  #note(): void {
    this.ledger.note(this.files(), this.clock.nowMs())
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes)
}
