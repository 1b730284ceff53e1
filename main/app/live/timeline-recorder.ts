import type { Engine } from '#main/engine/engine.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { TimelineStore } from '#main/store/timeline-store.ts'
import type { TransferStore } from '#main/store/transfer-store.ts'
import type { TimelineEntry } from '#shared/contract/transfer-channels.ts'
import type { Transfer } from '#shared/model/transfer.ts'

/** Entries are written together this often: what happened is for reading, nothing depends on it. */
const WRITE_EVERY_MS = 500
/** A shorter hold is a retry, not a wait. */
const LONG_HOLD_MS = 60_000

interface Progress {
  uploadId: string | undefined
  /** Parts acknowledged since the last entry; they are told when something else happens. */
  parts: { atMs: number; from: number; to: number } | undefined
}

export interface RecorderOptions {
  readonly store: Pick<TransferStore, 'transaction'>
  readonly timeline: Pick<TimelineStore, 'append'>
  readonly clock: Clock
  readonly onFault: (what: string, error: unknown) => void
}

/** Writes down what happens to each transfer. */
export class TimelineRecorder {
  readonly #options: RecorderOptions
  readonly #progress = new Map<string, Progress>()
  #unwritten: { id: string; entry: TimelineEntry }[] = []
  #timer: AbortController | undefined

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  listenTo({ events }: Pick<Engine, 'events'>): void {
    events.on('transfer', (transfer) => this.#moved(transfer))
    events.on('note', ({ transfer, note }) => {
      this.#tellParts(transfer.id)
      this.add(transfer.id, { ...note, atMs: this.#now() })
    })
    events.on('vanished', (copies) => {
      for (const { transferId } of copies) {
        this.add(transferId, { kind: 'vanished', atMs: this.#now() })
      }
    })
    events.on('part', ({ id, seq, step }) => {
      if (step === 'acknowledged') this.#acknowledged(id, seq)
    })
  }

  add(id: string, entry: TimelineEntry): void {
    this.#unwritten.push({ id, entry })
    if (this.#timer !== undefined) return
    const timer = new AbortController()
    this.#timer = timer
    this.#options.clock.sleep(WRITE_EVERY_MS, timer.signal).then(
      () => this.flush(),
      () => {}, // Written already.
    )
  }

  /**
   * Writes all entries to disk before it returns, or reports them as lost: no work fails for lack
   * of a history.
   */
  flush(): void {
    this.#timer?.abort()
    this.#timer = undefined
    const entries = this.#unwritten
    this.#unwritten = []
    if (entries.length === 0) return
    const { timeline, onFault } = this.#options
    try {
      timeline.append(entries)
    } catch (error) {
      onFault('timeline', error)
    }
  }

  #moved({ id, state }: Transfer): void {
    const atMs = this.#now()
    switch (state.kind) {
      case 'preparing':
        this.#progress.set(id, { uploadId: this.#transaction(id)?.uploadId, parts: undefined })
        return
      case 'sending':
        this.#prepared(id)
        return
      case 'attaching':
        this.#tellParts(id)
        this.add(id, { kind: 'attaching', atMs, fileToken: state.fileToken })
        return
      case 'waiting': {
        this.#tellParts(id)
        const { reason, untilMs, error } = state
        const isRetry =
          (reason === 'network' || reason === 'server') && untilMs - atMs < LONG_HOLD_MS
        this.add(
          id,
          isRetry
            ? { kind: 'retried', atMs, error }
            : { kind: 'waiting', atMs, reason, untilMs, error },
        )
        return
      }
      case 'blocked':
      case 'failed':
      case 'skipped':
        this.#over(id)
        this.add(id, { kind: state.kind, atMs, error: state.error })
        return
      case 'done':
        this.#over(id)
        this.add(id, { kind: 'done', atMs: state.finishedAtMs, fileToken: state.fileToken })
        return
      case 'queued':
        this.#over(id)
        return
      default:
    }
  }

  #prepared(id: string): void {
    const progress = this.#progress.get(id)
    const transaction = this.#transaction(id)
    if (progress === undefined || transaction === undefined) return
    if (transaction.uploadId === progress.uploadId) return
    progress.uploadId = transaction.uploadId
    const { blockCount: partCount, blockSizeBytes: partBytes, preparedAtMs: atMs } = transaction
    this.add(id, { kind: 'prepared', atMs, partCount, partBytes })
  }

  #acknowledged(id: string, seq: number): void {
    const progress = this.#progress.get(id)
    if (progress === undefined) return
    const { parts } = progress
    if (parts !== undefined && seq === parts.to + 1) {
      progress.parts = { ...parts, atMs: this.#now(), to: seq }
      return
    }
    this.#tellParts(id)
    progress.parts = { atMs: this.#now(), from: seq, to: seq }
  }

  #tellParts(id: string): void {
    const progress = this.#progress.get(id)
    if (progress?.parts === undefined) return
    this.add(id, { kind: 'parts', ...progress.parts })
    progress.parts = undefined
  }

  #over(id: string): void {
    this.#tellParts(id)
    this.#progress.delete(id)
  }

  /** Told of by the person's word rather than by the engine: the run is ending, its parts count. */
  ended(id: string): void {
    this.#over(id)
  }

  #transaction(id: string) {
    return this.#options.store.transaction(id)
  }

  #now(): number {
    return this.#options.clock.nowMs()
  }
}
