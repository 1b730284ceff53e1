import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { TransferOutcome, TransferQueue, WatchCandidate } from '#main/watch/ports.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { fingerprintOf } from '#shared/transfer/fingerprint-of.ts'

/** Long enough to tell "settled" from "not yet" on a busy machine, short enough to wait for. */
export const SETTLE_MS = 120

export function aRule(folder: string, more: Partial<WatchRule> = {}): WatchRule {
  return {
    ...WATCH_RULE_DEFAULTS,
    id: 'r1',
    folder,
    destination: { kind: 'folder', folderToken: 'fldcnRoot' },
    settleMs: SETTLE_MS,
    createdAtMs: Date.now(),
    ...more,
  }
}

/** A file as it was handed over. */
export interface Taken {
  readonly id: string
  readonly path: string
  readonly content: string
  readonly reason: 'new' | 'changed'
  readonly remote: string
  readonly candidate: WatchCandidate
  /** The end of its transfer when nothing interferes. */
  readonly outcome: TransferOutcome
}

/** Takes files as the queue does, and "uploads" them at once unless it is told to wait. */
export class FakeQueue implements TransferQueue {
  readonly taken: Taken[] = []
  readonly #outcomes = new Map<string, TransferOutcome>()
  readonly #versions = new Map<string, string>()
  readonly #changed: (() => void)[] = []
  /** True: transfers stay open until they are settled by hand. */
  holds = false
  /** Told of every transfer that ends. */
  onEnd: (id: string, outcome: TransferOutcome) => void = () => {}
  /** Thrown instead of taking anything. */
  refusal: Error | undefined

  enqueue(candidates: readonly WatchCandidate[]): string[] {
    if (this.refusal !== undefined) throw this.refusal
    return candidates.map((candidate) => {
      const version = JSON.stringify([candidate.path, candidate.fingerprint])
      const known = this.#versions.get(version)
      // As the real queue does after a crash: the same version is not queued twice.
      if (known !== undefined && this.outcome(known).kind !== 'failed') return known
      const id = `t${this.taken.length + 1}`
      const { path, relativePath, remoteFolders, fileName, reason } = candidate
      const read = readVersion(path)
      const content = read?.content ?? '(gone)'
      const remote = [...remoteFolders, fileName].join('/')
      const outcome: TransferOutcome =
        read === undefined
          ? { kind: 'failed' }
          : { kind: 'done', fingerprint: read.fingerprint, contentHash: read.contentHash }
      this.taken.push({ id, path: relativePath, content, reason, remote, candidate, outcome })
      this.#outcomes.set(id, { kind: 'open' })
      this.#versions.set(version, id)
      for (const look of this.#changed) look()
      if (!this.holds) queueMicrotask(() => this.end(id, outcome))
      return id
    })
  }

  outcome(id: string): TransferOutcome {
    return this.#outcomes.get(id) ?? { kind: 'unknown' }
  }

  end(id: string, outcome: TransferOutcome): void {
    this.#outcomes.set(id, outcome)
    this.onEnd(id, outcome)
  }

  /** The program that knew of the transfers is gone. */
  forget(id: string): void {
    this.#outcomes.delete(id)
    this.#versions.clear()
  }

  paths(): string[] {
    return this.taken.map(({ path }) => path).sort()
  }

  /** Resolves when `isMet` holds; looked at whenever a file is taken. */
  until(isMet: (taken: readonly Taken[]) => boolean): Promise<void> {
    if (isMet(this.taken)) return Promise.resolve()
    return new Promise((resolve) => {
      this.#changed.push(() => {
        if (isMet(this.taken)) resolve()
      })
    })
  }

  has(...paths: string[]): Promise<void> {
    return this.until((taken) => paths.every((path) => taken.some((one) => one.path === path)))
  }
}

/** The content hash of up to 4 MiB, as `main/lib/content-hash.ts` defines it. */
export function contentHashOf(content: Uint8Array): string {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
  return sha256(content.length === 0 ? content : sha256(content)).toString('hex')
}

/** The version of a file that an upload would find; undefined when there is none any more. */
function readVersion(path: string) {
  try {
    const fingerprint = fingerprintOf(statSync(path, { bigint: true }))
    const content = readFileSync(path)
    return { content: content.toString(), fingerprint, contentHash: contentHashOf(content) }
  } catch {
    return undefined
  }
}
