import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import type { WatchService } from '#main/watch/watch-service.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { untilLate } from '#test/kit/until-late.ts'
import { RemoteModel } from './remote-model.ts'
import { VirtualDisk } from './virtual-disk.ts'
import { aRule } from './watch-kit.ts'

/** People and programs that leave as little trace as they can: sizes and times are all alike. */
type Act =
  | { do: 'write' | 'make-again'; path: string; content: string; time: number }
  | { do: 'rename' | 'copy'; path: string; to: string }
  | { do: 'rename-folder'; path: string; to: string }
  | { do: 'delete'; path: string }
  | { do: 'look' | 'restart' | 'hold' | 'release' }

const path = fc.constantFrom('a', 'b', 'd/a', 'd/b', 'e/a')
const content = fc.constantFrom('one', 'two', 'six', 'ten')
const time = fc.constantFrom(1, 2)
const folder = fc.constantFrom('d', 'e', 'f')
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('write', 'make-again'), path, content, time }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('rename', 'copy'), path, to: path }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('rename-folder'), path: folder, to: folder }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete'), path }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('look') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart', 'hold', 'release') }) },
)

const options = fc.record({
  onChange: fc.constantFrom('upload-again', 'overwrite'),
  dedupe: fc.boolean(),
}) satisfies fc.Arbitrary<Partial<WatchRule>>

class World {
  readonly #disk: VirtualDisk
  readonly #remote: RemoteModel
  readonly #rule: WatchRule
  #service: WatchService | undefined
  readonly folder: string

  constructor(folder: string, stores: Stores, disk: VirtualDisk, more: Partial<WatchRule>) {
    this.folder = folder
    this.#disk = disk
    this.#remote = new RemoteModel(stores)
    this.#rule = aRule(folder, { createdAtMs: 0, settleMs: 0, ...more })
  }

  async act(one: Act): Promise<void> {
    switch (one.do) {
      case 'look':
        await this.look()
        return
      case 'restart':
        await this.#service?.stop()
        this.#service = undefined
        return
      case 'hold':
      case 'release':
        this.#remote.isHeld = one.do === 'hold'
        return
      case 'write':
        return this.#write(this.#at(one.path), one.content, one.time)
      case 'make-again':
        this.#delete(this.#at(one.path))
        return this.#write(this.#at(one.path), one.content, one.time)
      case 'delete':
        return this.#delete(this.#at(one.path))
      case 'copy':
        return this.#copy(this.#at(one.path), this.#at(one.to))
      case 'rename':
        return this.#rename(this.#at(one.path), this.#at(one.to))
      case 'rename-folder':
        if (existsSync(this.#at(one.path)) && !existsSync(this.#at(one.to))) {
          renameSync(this.#at(one.path), this.#at(one.to))
        }
    }
  }

  /** A look at everything; files in the queue go up unless uploads are held. */
  async look(): Promise<number> {
    this.#service ??= this.#remote.watch([this.#rule])
    const { handedOver, waiting } = await this.#service.sweepOnce()
    await this.#remote.uploadAll()
    return handedOver + waiting.length
  }

  async finish(): Promise<void> {
    this.#remote.isHeld = false
    await this.#remote.uploadAll()
    let quiet = 0
    // The end of an upload may ask for another look.
    while (quiet < 2) quiet = (await this.look()) === 0 ? quiet + 1 : 0
    await this.#service?.stop()
  }

  local(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  }

  get remote(): string[] {
    return this.#remote.contents
  }

  #at(path: string): string {
    return join(this.folder, path)
  }

  #write(full: string, text: string, time: number): void {
    mkdirSync(join(full, '..'), { recursive: true })
    const isNew = !existsSync(full)
    writeFileSync(full, text)
    utimesSync(full, time, time)
    if (isNew) this.#disk.made(full)
    else this.#disk.changed(full)
  }

  #delete(full: string): void {
    if (!existsSync(full)) return
    this.#disk.leaves(full)
    rmSync(full)
  }

  /** As `cp -p` does. */
  #copy(full: string, to: string): void {
    if (!existsSync(full) || full === to) return
    mkdirSync(join(to, '..'), { recursive: true })
    const { atime, mtime } = lstatSync(full)
    const isNew = !existsSync(to)
    copyFileSync(full, to)
    utimesSync(to, atime, mtime)
    if (isNew) this.#disk.made(to)
    else this.#disk.changed(to)
  }

  #rename(full: string, to: string): void {
    if (!existsSync(full) || full === to) return
    mkdirSync(join(to, '..'), { recursive: true })
    if (existsSync(to)) this.#disk.leaves(to)
    renameSync(full, to)
    this.#disk.changed(to)
  }
}

it('whatever looks alike, every content in the folder is in Feishu in the end', async () => {
  const disk = new VirtualDisk()
  const parent = mkdtempSync(join(tmpdir(), 'feidi-histories-'))
  const stores = openStores(mkdtempSync(join(parent, 'home-')))
  onTestFinished(() => {
    disk.close()
    stores.close()
    rmSync(parent, { recursive: true, force: true })
  })
  const live = async (more: Partial<WatchRule>, history: readonly Act[]) => {
    const world = new World(mkdtempSync(join(parent, 'w-')), stores, disk, more)
    for (const one of history) await world.act(one)
    await world.finish()
    const up = world.remote
    for (const content of world.local()) expect(up).toContain(content)
    rmSync(world.folder, { recursive: true })
  }
  const histories = fc.array(act, { minLength: 4, maxLength: 16 })
  await fc.assert(fc.asyncProperty(options, histories, untilLate(40_000, live)), {
    numRuns: Number(process.env['FEIDI_HISTORIES'] ?? 200),
  })
})
