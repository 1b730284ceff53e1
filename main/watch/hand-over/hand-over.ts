import { join } from 'node:path'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { fingerprintOf } from '#shared/transfer/fingerprint-of.ts'
import type { Placement, RemoteLayout } from '#shared/transfer/remote-layout.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import type { SettledFile, Verdict } from '../judge/judge-file.ts'
import type { IndexChange, IndexedFile, WatchCandidate } from '../ports.ts'
import type { RuleContext } from '../rule-context.ts'
import { below } from '../scan/list-folder.ts'
import { realPathOf } from '../scan/real-path.ts'
import { stampOfFingerprint } from '../settle/stamp.ts'

/** Files a commit: enough to be quick, few enough not to hold up the event loop. */
const CHUNK = 200

export type UploadVerdict = Extract<Verdict, { kind: 'upload' }>

export interface HandedOver {
  readonly candidate: Omit<WatchCandidate, 'realPath'>
  readonly transferId: string
}

export interface HandOverEvents {
  handedOver(files: readonly HandedOver[]): void
  refused(path: string, error: TransferError): void
}

interface Ready {
  readonly file: SettledFile
  readonly verdict: UploadVerdict
  readonly candidate: Omit<WatchCandidate, 'realPath'>
  readonly place: number
}

/** Collects files to upload and gives them to the queue, a chunk at a time. */
export class HandOver {
  readonly #context: RuleContext
  readonly #layout: RemoteLayout
  readonly #events: HandOverEvents
  /** Files that are ready, by content. */
  readonly #hashes = new Map<string, Ready>()
  #ready: Ready[] = []
  #copies: { readonly file: SettledFile; readonly hash: string; readonly of: Ready }[] = []

  constructor(context: RuleContext, layout: RemoteLayout, events: HandOverEvents) {
    this.#context = context
    this.#layout = layout
    this.#events = events
  }

  /** Checks whether a file of this content is among those not given to the queue yet. */
  has(hash: string): boolean {
    return this.#hashes.has(hash)
  }

  /** A file of the content of one that is not given to the queue yet: its end is theirs. */
  addCopy(file: SettledFile, hash: string): void {
    const of = this.#hashes.get(hash)
    if (of !== undefined) this.#copies.push({ file, hash, of })
  }

  /** Returns whether it is time to flush. */
  add(file: SettledFile, verdict: UploadVerdict): boolean {
    const { rule, root } = this.#context
    const relativePath = below(file.dir, file.name)
    const path = join(root, relativePath)
    const placement = placeFor(file.dir, verdict, rule, this.#layout)
    if (placement.kind === 'refused') {
      const detail = placement.folder.join('/') || rule.folder
      this.#events.refused(path, new TransferError(placement.code, { detail }))
      return false
    }
    const candidate: Omit<WatchCandidate, 'realPath'> = {
      rule,
      path,
      relativePath,
      fingerprint: fingerprintOf(file.stats),
      remoteFolders: placement.remote,
      fileName: remoteName(file.name),
      reason: verdict.reason,
    }
    const ready = { file, verdict, candidate, place: placement.number }
    if (verdict.hash !== null) this.#hashes.set(verdict.hash, ready)
    return this.#ready.push(ready) >= CHUNK
  }

  /** Gives what was collected to the queue, then notes it: a crash in between makes it be asked again. */
  async flush(): Promise<void> {
    if (this.#ready.length === 0) return
    const [ready, copies] = [this.#ready, this.#copies]
    this.#ready = []
    this.#copies = []
    this.#hashes.clear()
    const candidates = await Promise.all(ready.map(located))
    const ids = await this.#context.queue.enqueue(candidates)
    const changes: IndexChange[] = this.#layout.takeChanged().map((row) => ({ kind: 'place', row }))
    const handedOver: HandedOver[] = []
    for (const [index, one] of ready.entries()) {
      const transferId = ids[index]
      if (transferId === undefined) continue
      changes.push(...this.#changesFor(one, transferId))
      handedOver.push({ candidate: one.candidate, transferId })
      for (const { file, hash, of } of copies) {
        if (of === one) changes.push(copyOnItsWay(file, hash, transferId))
      }
    }
    this.#context.scope.apply(changes)
    this.#events.handedOver(handedOver)
  }

  #changesFor({ file, verdict, place }: Ready, transferId: string): IndexChange[] {
    const outcome = this.#context.queue.outcome(transferId)
    const isSameVersion =
      outcome.kind === 'done' &&
      outcome.fingerprint !== null &&
      stampOfFingerprint(outcome.fingerprint) === file.stamp
    const row: IndexedFile = {
      ...rowOf(file),
      standing: isSameVersion ? 'up' : 'queued',
      place,
      transferId: isSameVersion ? null : transferId,
    }
    const hash = isSameVersion ? outcome.contentHash : verdict.hash
    const save: IndexChange = { kind: 'save', dir: file.dir, file: row, hash }
    if (verdict.instead === undefined) return [save]
    const { dir, file: moved } = verdict.instead
    return [{ kind: 'remove', dir, name: moved.name, was: moved.stamp }, save]
  }
}

function copyOnItsWay(file: SettledFile, hash: string, transferId: string): IndexChange {
  const row: IndexedFile = { ...rowOf(file), standing: 'copy', place: null, transferId }
  return { kind: 'save', dir: file.dir, file: row, hash }
}

/** The part of a row that is the same for any file that is there. */
export function rowOf({ name, stamp, stats }: SettledFile) {
  return { name, stamp, sizeBytes: Number(stats.size), gone: false }
}

/** A candidate with where its file really is. */
async function located({ candidate }: Ready): Promise<WatchCandidate> {
  const { relativePath, rule } = candidate
  return { ...candidate, realPath: await realPathOf(relativePath, rule) }
}

/** Finds the remote folder for a file. */
export function placeFor(
  dir: string,
  { before }: UploadVerdict,
  rule: WatchRule,
  layout: RemoteLayout,
): Placement {
  const folder = rule.subfolders === 'flatten' || dir === '' ? [] : dir.split('/')
  if (rule.destination.kind !== 'folder') {
    // A record can be told the path; everything else knows no folders.
    const remote = rule.destination.kind === 'base' ? folder : []
    return { kind: 'placed', remote, number: 1 }
  }
  const number = before?.place
  if (number === null || number === undefined) return layout.placeFile(folder)
  return rule.onChange === 'overwrite'
    ? layout.placeInstead(folder, number)
    : layout.placeAgain(folder, number)
}
