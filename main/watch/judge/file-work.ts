import { join } from 'node:path'
import { diskMeaning } from '#main/lib/errno.ts'
import { assertNever } from '#shared/assert-never.ts'
import type { WaitingReason } from '#shared/model/watch-rule.ts'
import { type HandOver, rowOf, type UploadVerdict } from '../hand-over/hand-over.ts'
import type { IndexChange, IndexedFile, IndexedPlace, Standing } from '../ports.ts'
import type { RuleContext } from '../rule-context.ts'
import { isLeftAsItIs } from '../scan/compare-folder.ts'
import { below } from '../scan/list-folder.ts'
import { type ContentHashes, judgeFile, type SettledFile, type Verdict } from './judge-file.ts'

/** The reason a file cannot be taken yet; undefined when all work on it is done. */
export type NotYet = Exclude<WaitingReason, 'settling'>

/** Changes a commit. */
const CHUNK = 500

/** So many small files are hashed before they are handed over, which takes a few ms. */
const FEW = 32
const QUICK_BYTES = 1024 * 1024

/** Takes over what only a comparison can decide, which takes its time. */
export interface RecheckQueue {
  add(file: SettledFile, against: { readonly known: string; readonly was: string }): void
  /** The file that was at this path is elsewhere: another one that is there now is new. */
  lookAlso(place: IndexedPlace): void
}

/** Does what there is to do about settled files, one after another; `flush` completes it. */
export class FileWork {
  readonly #context: RuleContext
  readonly #handOver: HandOver
  readonly #hashes: ContentHashes
  readonly #rechecks: RecheckQueue
  /** Rows that a file has taken over already, although the index does not say so yet. */
  readonly #claimed = new Set<string>()
  #changes: IndexChange[] = []

  constructor(
    context: RuleContext,
    handOver: HandOver,
    hashes: ContentHashes,
    rechecks: RecheckQueue,
  ) {
    this.#context = context
    this.#handOver = handOver
    this.#hashes = hashes
    this.#rechecks = rechecks
  }

  /** Looks at settled files and notes or hands over what they are; says which can not be taken yet. */
  async settle(files: readonly SettledFile[]): Promise<(NotYet | undefined)[]> {
    const results: (NotYet | undefined)[] = []
    const uploads: { index: number; verdict: UploadVerdict }[] = []
    for (const [index, file] of files.entries()) {
      const verdict = await this.#judge(file)
      if (typeof verdict !== 'object') results[index] = verdict
      else if (verdict.kind === 'upload') uploads.push({ index, verdict })
      else results[index] = this.#note(file, verdict)
    }
    // All at a time: trying them one after another takes ten times as long.
    const isFew = uploads.length <= FEW
    const probed = await Promise.all(
      uploads.map(({ index, verdict }) => this.#probe(files[index], verdict, isFew)),
    )
    for (const [place, { index }] of uploads.entries()) {
      const [file, found] = [files[index], probed[place]]
      if (typeof found !== 'object') results[index] = found
      else if (file !== undefined && !this.#mayGoUp(file, found)) results[index] = 'approval'
      else if (file !== undefined) await this.#upload(file, found)
    }
    return results
  }

  /** Brings everything to the index and the queue. */
  async flush(): Promise<void> {
    this.#apply()
    await this.#handOver.flush()
    this.#claimed.clear()
  }

  async #judge(file: SettledFile): Promise<Verdict | NotYet | undefined> {
    try {
      return await judgeFile(file, this.#context, this.#hashes, this.#claimed)
    } catch (error) {
      return this.#whyNot(file, error)
    }
  }

  /**
   * Checks whether a file can be read. The hashes of a few files are known from the start, so that
   * a touch right afterwards is recognised; those of many are reported when they are uploaded.
   */
  async #probe(
    file: SettledFile | undefined,
    verdict: UploadVerdict,
    isFew: boolean,
  ): Promise<UploadVerdict | NotYet | undefined> {
    if (file === undefined) return undefined
    if (this.#context.isPlaceholder(file.stats)) return verdict
    try {
      await this.#context.probe(join(this.#context.root, below(file.dir, file.name)))
      const isQuick = isFew && file.stats.size <= QUICK_BYTES
      if (verdict.hash !== null || !isQuick) return verdict
      const hash = await this.#hashes.now(file)
      return hash === 'changing' ? hash : { ...verdict, hash: hash ?? null }
    } catch (error) {
      return this.#whyNot(file, error)
    }
  }

  #whyNot({ dir, name }: SettledFile, error: unknown): NotYet | undefined {
    if (this.#context.signal.aborted) throw error
    const reason = reasonOf(error)
    if (reason === 'unreadable') this.#context.onUnopened(below(dir, name), error)
    return reason
  }

  #note(file: SettledFile, verdict: Exclude<Verdict, UploadVerdict>): NotYet | undefined {
    const { dir, name, stamp } = file
    switch (verdict.kind) {
      case 'nothing':
        return undefined
      case 'later':
        return verdict.why
      case 'same':
        return this.#keep({ kind: 'restamp', dir, name, stamp, was: verdict.was })
      case 'recheck':
        this.#rechecks.add(file, verdict)
        return undefined
      case 'baseline':
        return this.#keep(save(file, 'baseline', null))
      case 'copy': {
        const { dir: ofDir, file: of } = verdict.of
        const copy = save(file, 'copy', verdict.hash, of.transferId)
        if (of.transferId !== null) return this.#keep(copy)
        return this.#keep(copy, { kind: 'share', dir, name, of: { dir: ofDir, name: of.name } })
      }
      case 'moved': {
        const { from, hash } = verdict
        const { standing, transferId } = from.file
        const of = { dir: from.dir, name: from.file.name }
        this.#claim(from)
        return this.#keep(
          { kind: 'remove', ...of, was: from.file.stamp },
          standing === 'copy'
            ? save(file, 'copy', hash, transferId)
            : save(file, standing === 'queued' ? 'up' : standing, hash),
          { kind: 'share', dir, name, of },
        )
      }
      default:
        return assertNever(verdict)
    }
  }

  async #upload(file: SettledFile, verdict: UploadVerdict): Promise<void> {
    const { hash, instead } = verdict
    if (hash !== null && this.#context.rule.dedupe && this.#handOver.has(hash)) {
      this.#handOver.addCopy(file, hash)
      return
    }
    if (instead !== undefined) this.#claim(instead)
    if (!this.#handOver.add(file, verdict)) return
    // Which copies are relied on is known before anything can be replaced.
    this.#apply()
    await this.#handOver.flush()
  }

  #mayGoUp({ dir, name }: SettledFile, { reason }: UploadVerdict): boolean {
    const { rule, mayReplace } = this.#context
    const replaces = reason === 'changed' && rule.onChange === 'overwrite'
    return !replaces || mayReplace === undefined || mayReplace(below(dir, name))
  }

  #claim(from: IndexedPlace): void {
    this.#claimed.add(below(from.dir, from.file.name))
    // A scan has passed over what is there now, as a change that is ignored.
    const isPassedOver = !from.file.gone && isLeftAsItIs(from.file, this.#context.rule)
    if (isPassedOver) this.#rechecks.lookAlso(from)
  }

  #keep(...changes: IndexChange[]): undefined {
    this.#changes.push(...changes)
    if (this.#changes.length >= CHUNK) this.#apply()
  }

  #apply(): void {
    if (this.#changes.length === 0) return
    const changes = this.#changes
    this.#changes = []
    this.#context.scope.apply(changes)
  }
}

function save(
  file: SettledFile,
  standing: Standing,
  hash: string | null,
  transferId: string | null = null,
): IndexChange {
  const row: IndexedFile = { ...rowOf(file), standing, place: null, transferId }
  return { kind: 'save', dir: file.dir, file: row, hash }
}

/** A file that is gone by now needs no further look; for all others there is a reason to wait. */
function reasonOf(error: unknown): NotYet | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) throw error
  const meaning = diskMeaning(error)
  if (meaning === 'vanished') return undefined
  return meaning === 'busy' || meaning === 'exhausted' ? 'locked' : 'unreadable'
}
