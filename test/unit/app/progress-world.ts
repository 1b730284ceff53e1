import { OverallProgress } from '#main/app/live/overall-progress.ts'
import { ProgressTracker } from '#main/app/live/progress-tracker.ts'
import type { Tally } from '#main/store/amount-reads.ts'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { Transfer, TransferState } from '#shared/model/transfer.ts'
import { BLOCK_SIZE_BYTES, SINGLE_CALL_LIMIT_BYTES } from '#shared/transfer/plan-parts.ts'
import { IN_QUEUE } from '#shared/transfer/state-kinds.ts'
import { callsFor, shareOfFile } from '#shared/transfer/work-size.ts'

const STEP_MS = 200
const START_MS = Date.UTC(2026, 0, 5, 4)
const ENDLESS = { whole: Number.POSITIVE_INFINITY, parts: Number.POSITIVE_INFINITY }
/** Bytes that a socket takes at once, however slow the line is. */
const BUFFER_BYTES = 256 * 1024

interface File {
  readonly id: string
  readonly sizeBytes: number
  state: TransferState
  /** Acknowledged, and really sent; the rest of what was handed over lies in the socket's buffer. */
  sentBytes: number
  movedBytes: number
}

/** The speed of the line, and of the calls; a file needs both. */
export interface WorldPace {
  readonly bytesPerSecond: number
  readonly callsPerSecond: number
}

/** A queue that is uploaded one file after the other, at a pace that is known: the model's truth. */
export class ProgressWorld {
  readonly moving = new ProgressTracker()
  readonly #model = new OverallProgress(this.moving)
  readonly files: File[] = []
  readonly #tallies = new Map<Tally['kind'], Tally>()
  #first = 0
  pace: WorldPace
  nowMs = START_MS
  isStill = false

  constructor(pace: WorldPace) {
    this.pace = pace
  }

  add(...sizes: readonly number[]): void {
    for (const sizeBytes of sizes) {
      const id = `${this.files.length}`
      const file: File = { id, sizeBytes, state: { kind: 'queued' }, sentBytes: 0, movedBytes: 0 }
      this.files.push(file)
      this.#count('queued', file, 1)
    }
  }

  get isOver(): boolean {
    return this.#next === undefined
  }

  /** The time that the rest takes if nothing else happens. */
  get trueLeftMs(): number {
    let ms = 0
    for (let index = this.#first; index < this.files.length; index++) {
      ms += this.#leftMs(this.files[index] as File)
    }
    return ms
  }

  /** The file whose turn it is; those before it have ended. */
  get #next(): File | undefined {
    return this.files[this.#first]
  }

  /** The figures that a page is told now. */
  look(): LiveState['overall'] {
    return this.#model.at({
      nowMs: this.nowMs,
      steadyMs: this.nowMs - START_MS,
      tallies: [...this.#tallies.values()],
      acknowledged: this.#acknowledged(),
      stuck: this.isStill,
      limits: { calls: { today: ENDLESS, daily: ENDLESS }, hours: null, smallInParts: false },
    })
  }

  still(isStill: boolean): void {
    this.isStill = isStill
    const file = this.#next
    if (!isStill) return
    // Bytes in flight are lost.
    if (file !== undefined) {
      file.movedBytes = file.sentBytes
      this.#become(file, { kind: 'queued' })
    }
    this.moving.still()
  }

  /** The call in flight fails, and its bytes go again. */
  lose(): void {
    const file = this.#next
    if (file === undefined || file.state.kind !== 'sending') return
    file.movedBytes = file.sentBytes
    this.#tell(file, file.sentBytes)
  }

  restart(): void {
    const file = this.#next
    if (file === undefined || file.state.kind !== 'sending') return
    file.sentBytes = 0
    file.movedBytes = 0
    this.#become(file, { kind: 'preparing' })
    this.#become(file, { kind: 'sending' })
  }

  end(kind: 'failed' | 'cancelled'): void {
    const file = this.#next
    if (file === undefined) return
    const error = { code: 'source-missing', atMs: this.nowMs } as const
    this.#become(file, kind === 'failed' ? { kind, error } : { kind })
  }

  /** Lets so much time pass. */
  pass(ms: number): void {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; ) {
      this.nowMs += STEP_MS
      if (!this.isStill) this.#work(STEP_MS)
    }
  }

  rowOf(file: Pick<File, 'id'>) {
    const transfer = this.#transfer(this.files[Number(file.id)] as File)
    const steadyMs = this.nowMs - START_MS
    return {
      movedBytes: this.moving.movedBytes(transfer, steadyMs),
      bytesPerSecond: this.moving.bytesPerSecondOf(transfer.id, steadyMs),
      doneAtMs: this.moving.doneAtMs(transfer, steadyMs, this.nowMs),
    }
  }

  #work(ms: number): void {
    for (let leftMs = ms; leftMs > 0.001; ) {
      const file = this.#next
      if (file === undefined) return
      if (file.state.kind !== 'sending') this.#become(file, { kind: 'sending' })
      const needMs = this.#leftMs(file)
      const rate = this.#rateOf(file)
      const partEnd = Math.min(file.sizeBytes, file.sentBytes + partOf(file))
      const toPartEndMs = Math.min(needMs, ((partEnd - file.movedBytes) / rate) * 1_000)
      const spentMs = Math.min(leftMs, toPartEndMs)
      leftMs -= spentMs
      if (spentMs < toPartEndMs) {
        file.movedBytes += (rate * spentMs) / 1_000
        this.#tell(file, Math.min(partEnd, file.movedBytes + BUFFER_BYTES))
        return
      }
      this.#tell(file, partEnd)
      file.sentBytes = partEnd
      file.movedBytes = partEnd
      this.#tell(file, partEnd)
      if (partEnd < file.sizeBytes) continue
      this.#become(file, { kind: 'done', fileToken: 'token', finishedAtMs: this.nowMs })
    }
  }

  #leftMs(file: File): number {
    return ((file.sizeBytes - file.movedBytes) / this.#rateOf(file)) * 1_000
  }

  /** Bytes a second: the line, or the calls, whichever is slower for this file. */
  #rateOf({ sizeBytes }: File): number {
    const { bytesPerSecond, callsPerSecond } = this.pace
    return Math.min(bytesPerSecond, (sizeBytes * callsPerSecond) / callsFor(sizeBytes))
  }

  #tell({ id, sentBytes }: File, handedBytes: number): void {
    const inFlightBytes = Math.round(handedBytes - sentBytes)
    this.moving.progress({ id, sentBytes, inFlightBytes }, this.nowMs - START_MS)
  }

  #become(file: File, state: TransferState): void {
    this.#count(file.state.kind, file, -1)
    this.#count(state.kind, file, 1)
    file.state = state
    if (!IN_QUEUE.includes(state.kind)) this.#first += 1
    this.moving.transfer(this.#transfer(file), this.nowMs - START_MS)
  }

  #transfer({ id, sizeBytes, sentBytes, state }: File): Transfer {
    const place = {
      destination: { kind: 'folder', folderToken: 'one' },
      remoteFolders: [],
    } as const
    const rest = { handling: {}, fingerprint: null, queuedAtMs: START_MS }
    return { id, path: `/${id}`, fileName: id, ...place, ...rest, sizeBytes, sentBytes, state }
  }

  #count(kind: Tally['kind'], { sizeBytes }: File, by: 1 | -1): void {
    const before = this.#tallies.get(kind)
    const { transfers = 0, bytes = 0, calls = 0, large = 0, largeBytes = 0 } = before ?? {}
    const isLarge = sizeBytes > SINGLE_CALL_LIMIT_BYTES ? by : 0
    this.#tallies.set(kind, {
      kind,
      transfers: transfers + by,
      bytes: bytes + by * sizeBytes,
      calls: calls + by * callsFor(sizeBytes),
      large: large + isLarge,
      largeBytes: largeBytes + isLarge * sizeBytes,
    })
  }

  #acknowledged() {
    const { sizeBytes = 0, sentBytes = 0 } = this.#next ?? {}
    return { bytes: sentBytes, calls: callsFor(sizeBytes) * shareOfFile(sentBytes, sizeBytes) }
  }
}

function partOf({ sizeBytes }: File): number {
  return sizeBytes <= SINGLE_CALL_LIMIT_BYTES ? sizeBytes : BLOCK_SIZE_BYTES
}
