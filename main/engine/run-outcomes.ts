/** The result of a run for a transfer: its next state, and what that means for others. */

import type { Clock } from '#main/lib/clock.ts'
import { pauseFrom } from '#main/lib/pause.ts'
import { assertNever } from '#shared/assert-never.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { policyFor } from '#shared/errors/policy-for.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer, WaitReason } from '#shared/model/transfer.ts'
import type { Hold } from '#shared/model/work.ts'
import { backoffMs, SERVER_BACKOFF } from '#shared/transfer/backoff.ts'
import type { TransferEvent } from '#shared/transfer/next-state.ts'
import type { BlockedTargets } from './blocked-targets.ts'
import type { Queue } from './ports.ts'
import type { RunResult } from './run-transfer.ts'

/** A file that starts again so often will not get there by itself. */
const MOST_RESTARTS = 5
/** A file that changed so often under our hands is not going to rest. */
const MOST_CHANGES = 10
/** Time a changing or busy file is left alone before the next look. */
const SETTLE_PAUSE = { firstMs: 2_000, longestMs: 30_000 }

export interface RunOutcomesOptions {
  readonly clock: Clock
  readonly store: Pick<Queue, 'enqueue'>
  readonly blockedTargets: BlockedTargets
  /** Commits the state, then shows it. */
  readonly save: (id: string, event: TransferEvent) => void
  /** A transfer is through, one way or the other. */
  readonly progressed: () => void
  readonly waiting: (hold: Hold) => void
  readonly accountBlocked: (error: TransferError) => void
  readonly fatal: (id: string, error: TransferError) => void
  /** The batch that a file queued again belongs to; its own when undefined. */
  readonly batchId: string | undefined
}

export class RunOutcomes {
  readonly #options: RunOutcomesOptions
  /** Restarts and later looks per transfer, in this process. */
  readonly #restarts = new Counter()
  readonly #looks = new Counter()
  /** The code that each transfer waits for, and how many times in a row. */
  readonly #lastWaits = new Map<string, { readonly code: ErrorCode; readonly times: number }>()

  constructor(options: RunOutcomesOptions) {
    this.#options = options
  }

  settle(transfer: Transfer, result: RunResult): void {
    const { id } = transfer
    switch (result.kind) {
      case 'done':
        this.#settled(id)
        return
      case 'done-but-changed':
        this.#settled(id)
        this.#queueAnew(transfer)
        return
      case 'skipped':
      case 'failed':
        this.#settled(id)
        this.#options.save(id, { kind: result.kind, error: this.#info(result.error) })
        return
      case 'blocked':
        this.#block(transfer, result.error, result.scope)
        return
      case 'later':
        this.#later(transfer, result.error, result.reason)
        return
      case 'again':
        this.#again(transfer, result.error)
        return
      case 'fatal':
        this.#options.fatal(id, result.error)
        return
      default:
        assertNever(result)
    }
  }

  #block(transfer: Transfer, error: TransferError, scope: 'target' | 'account'): void {
    const { save, accountBlocked, blockedTargets, clock } = this.#options
    if (scope === 'account') {
      // The file has nothing to do with it: it waits in the queue, with what is up of it.
      save(transfer.id, { kind: 'interrupted' })
      accountBlocked(error)
      return
    }
    save(transfer.id, { kind: 'blocked', error: this.#info(error) })
    blockedTargets.add(transfer, error, clock.nowMs())
  }

  #later(transfer: Transfer, error: TransferError, reason: WaitReason): void {
    const { id, handling } = transfer
    const { save, waiting, clock } = this.#options
    const looks = this.#looks.next(id)
    const policy = policyFor(error, this.#inARow(id, error.code))
    if (reason === 'file-changing' && looks > MOST_CHANGES) {
      this.#fail(id, new TransferError('source-unstable', { ...error.context, cause: error }))
      return
    }
    if (policy === 'fail-file') {
      this.#fail(id, error)
      return
    }
    if (policy === 'block-target') {
      this.#forget(id)
      this.#block(transfer, error, 'target')
      return
    }
    const aboutTheFile = reason === 'file-changing' || reason === 'file-busy'
    const leastMs = aboutTheFile ? (handling.settleMs ?? 0) : 0
    const pauseMs = Math.max(
      leastMs,
      error.context.retryAfterMs ?? 0,
      backoffMs(looks, aboutTheFile ? SETTLE_PAUSE : SERVER_BACKOFF, 1),
    )
    const pause = pauseFrom(clock.nowMs(), pauseMs)
    save(id, {
      kind: 'held',
      reason,
      untilMs: pause.untilMs,
      error: errorInfo(error, pause.sinceMs),
    })
    waiting({ ...pause, reason, error })
  }

  /** Counts how many times in a row a transfer has to wait for this code. */
  #inARow(id: string, code: ErrorCode): number {
    const last = this.#lastWaits.get(id)
    const times = last?.code === code ? last.times + 1 : 1
    this.#lastWaits.set(id, { code, times })
    return times
  }

  #again(transfer: Transfer, error: TransferError): void {
    const { id } = transfer
    const restarts = this.#restarts.next(id)
    const policy = policyFor(error, restarts)
    if (policy === 'fail-file') {
      this.#fail(id, error)
    } else if (policy === 'block-target') {
      this.#forget(id)
      this.#block(transfer, error, 'target')
    } else if (restarts > MOST_RESTARTS) {
      const context = { ...error.context, detail: error.message, cause: error }
      this.#fail(id, new TransferError('restarted-too-often', context))
    } else {
      // Not `requeued`: that is the person's word, and would wake a transfer cancelled meanwhile.
      this.#options.save(id, { kind: 'interrupted' })
    }
  }

  #fail(id: string, error: TransferError): void {
    this.#settled(id)
    this.#options.save(id, { kind: 'failed', error: this.#info(error) })
  }

  #queueAnew({ state: _state, sentBytes: _sent, ...transfer }: Transfer): void {
    const { store, batchId, clock } = this.#options
    const item = { ...transfer, fingerprint: null }
    store.enqueue([item], batchId ?? transfer.id, clock.nowMs())
  }

  #settled(id: string): void {
    this.#options.progressed()
    this.#forget(id)
  }

  /** Forgets what was counted: asked for again, a transfer starts with a clean record. */
  #forget(id: string): void {
    this.#restarts.forget(id)
    this.#looks.forget(id)
    this.#lastWaits.delete(id)
  }

  #info(error: TransferError) {
    return errorInfo(error, this.#options.clock.nowMs())
  }
}

/** Counts by name. */
class Counter {
  readonly #counts = new Map<string, number>()

  next(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return count
  }

  forget(key: string): void {
    this.#counts.delete(key)
  }
}
