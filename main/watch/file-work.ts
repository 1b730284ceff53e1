import { join } from 'node:path'
import type { WaitingReason } from '#shared/model/watch-rule.ts'
import type { HandOver, UploadVerdict } from './hand-over.ts'
import { type HashOf, judgeFile, type SettledFile, type Verdict } from './judge-file.ts'
import { below } from './list-folder.ts'
import type { IndexChange, IndexedFile, Standing } from './ports.ts'
import type { RuleContext } from './rule-context.ts'

/** Why a file can not be taken yet; undefined when all that had to be done about it was done. */
export type NotYet = Exclude<WaitingReason, 'settling'>

/** Changes a commit. */
const CHUNK = 500

const LOCKED = new Set(['EBUSY', 'ETXTBSY', 'EMFILE', 'ENFILE', 'EAGAIN'])

/** Does what there is to do about settled files, one after another; `flush` completes it. */
export class FileWork {
  readonly #context: RuleContext
  readonly #handOver: HandOver
  readonly #hashOf: HashOf
  /** Rows that a file has taken over already, although the index does not say so yet. */
  readonly #claimed = new Set<string>()
  #changes: IndexChange[] = []

  constructor(context: RuleContext, handOver: HandOver, hashOf: HashOf) {
    this.#context = context
    this.#handOver = handOver
    this.#hashOf = hashOf
  }

  /** Looks at a settled file and notes or hands over what it is. */
  async settle(file: SettledFile): Promise<NotYet | undefined> {
    try {
      const verdict = await judgeFile(file, this.#context, this.#hashOf, this.#claimed)
      return await this.#act(file, verdict)
    } catch (error) {
      if (this.#context.signal.aborted) throw error
      return reasonOf(error)
    }
  }

  /** Brings everything to the index and the queue. */
  async flush(): Promise<void> {
    this.#apply()
    await this.#handOver.flush()
    this.#claimed.clear()
  }

  async #act(file: SettledFile, verdict: Verdict): Promise<NotYet | undefined> {
    const { dir, name, stamp } = file
    switch (verdict.kind) {
      case 'nothing':
        return undefined
      case 'later':
        return verdict.why
      case 'same':
        return this.#note({ kind: 'restamp', dir, name, stamp })
      case 'baseline':
        return this.#note(save(file, 'baseline', null))
      case 'copy':
        return this.#note(save(file, 'copy', verdict.hash))
      case 'moved': {
        const { from, hash } = verdict
        this.#claimed.add(below(from.dir, from.file.name))
        this.#note({ kind: 'remove', dir: from.dir, name: from.file.name })
        return this.#note(
          save(file, from.file.standing === 'queued' ? 'up' : from.file.standing, hash),
        )
      }
      case 'upload':
        return this.#upload(file, verdict)
      default:
        return assertNever(verdict)
    }
  }

  async #upload(file: SettledFile, verdict: UploadVerdict): Promise<undefined> {
    const { hash, instead } = verdict
    const isCopy = hash !== null && this.#context.rule.dedupe && this.#handOver.has(hash)
    if (isCopy) return this.#note(save(file, 'copy', hash))
    await this.#context.probe(join(this.#context.root, below(file.dir, file.name)))
    if (instead !== undefined) this.#claimed.add(below(instead.dir, instead.file.name))
    await this.#handOver.add(file, verdict)
    return undefined
  }

  #note(change: IndexChange): undefined {
    this.#changes.push(change)
    // Between the two changes of a move there is no stopping.
    if (this.#changes.length >= CHUNK && change.kind !== 'remove') this.#apply()
  }

  #apply(): void {
    if (this.#changes.length === 0) return
    const changes = this.#changes
    this.#changes = []
    this.#context.scope.apply(changes)
  }
}

function save(file: SettledFile, standing: Standing, hash: string | null): IndexChange {
  const row: IndexedFile = {
    name: file.name,
    stamp: file.stamp,
    sizeBytes: Number(file.stats.size),
    standing,
    place: null,
    transferId: null,
    gone: false,
  }
  return { kind: 'save', dir: file.dir, file: row, hash }
}

/** A file that is gone by now needs no further look; for all others there is a reason to wait. */
function reasonOf(error: unknown): NotYet | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) throw error
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
  const isLock = LOCKED.has(code) || (code === 'EPERM' && process.platform === 'win32')
  return isLock ? 'locked' : 'unreadable'
}

function assertNever(value: never): never {
  throw new Error(`unhandled verdict ${JSON.stringify(value)}`)
}
