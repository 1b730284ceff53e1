import type { Transfer } from '#shared/model/transfer.ts'
import type { Progress } from '#shared/model/work.ts'
import type { WorkCost } from '#shared/transfer/plan-queue.ts'
import { isEnded } from '#shared/transfer/state-kinds.ts'
import { callsFor, type Load, shareOfFile } from '#shared/transfer/work-size.ts'
import { SteadyEta } from './eta.ts'
import { bucketOf, Pace } from './pace.ts'

/** The movement of a transfer in this process. */
interface Mover {
  readonly sizeBytes: number
  /** Acknowledged. */
  sentBytes: number
  /** Handed to the socket beyond that. */
  inFlightBytes: number
  /** Of those in flight, what the socket took at once: it may lie in a buffer of this machine. */
  bufferedBytes: number
  /** Until then the socket fills its buffer. */
  fillingUntilMs: number
  /** Bytes that have left this machine, as far as can be told. */
  reachedBytes: number
  /** The most that progress has shown: it stays when a call fails, and its bytes go again. */
  shownBytes: number
  /** Bytes that moved lately, by the number of the half second. */
  readonly moments: Map<number, number>
  readonly eta: SteadyEta
}

/** A new call's first bytes are taken at once, however slow the line is. */
const FILLING_MS = 300
/** The time after that in which a call is refused, if it is. */
const REFUSAL_MS = 1_000
/** Moments that are kept: a minute and a bit. */
const MOST_MOMENTS = 130

/** Bytes on their way, told by the engine as it goes: the one source of progress, speed and time left. */
export class ProgressTracker {
  readonly pace: Pace
  readonly #movers = new Map<string, Mover>()
  /** Parts that bytes of have left and that are not acknowledged, by transfer. */
  readonly #parts = new Map<string, Set<number>>()
  #restarts = 0

  /** @param first the time that work takes, until some has shown it */
  constructor(first?: WorkCost) {
    this.pace = new Pace(first)
  }

  /** Takes in a transfer's new state. */
  transfer({ id, sizeBytes, sentBytes, state: { kind } }: Transfer, nowMs: number): void {
    if (kind === 'done') this.#done(id, sizeBytes, nowMs)
    if (isEnded(kind) || kind === 'blocked') this.forget(id)
    else if (kind === 'queued' || kind === 'paused') this.stopped(id)
    else this.#moves(id, sizeBytes, sentBytes)
  }

  progress({ id, sentBytes, inFlightBytes }: Progress, nowMs: number): void {
    const mover = this.#movers.get(id)
    if (mover === undefined) return
    const acknowledged = sentBytes - mover.sentBytes
    if (acknowledged < 0) this.#restarted(mover, sentBytes)
    if (acknowledged > 0 && mover.inFlightBytes > 0) {
      mover.bufferedBytes *= Math.max(0, 1 - acknowledged / mover.inFlightBytes)
    }
    const beginsCall = acknowledged > 0 || mover.inFlightBytes <= 0
    if (beginsCall) mover.fillingUntilMs = nowMs + FILLING_MS
    const handed = inFlightBytes - mover.inFlightBytes + Math.max(0, acknowledged)
    if (handed > 0 && nowMs < mover.fillingUntilMs) mover.bufferedBytes += handed
    mover.bufferedBytes = Math.max(0, Math.min(mover.bufferedBytes, inFlightBytes))
    mover.sentBytes = sentBytes
    mover.inFlightBytes = Math.max(0, inFlightBytes)
    this.#moved(mover, sentBytes + mover.inFlightBytes - mover.bufferedBytes, nowMs)
  }

  part(id: string, seq: number, isUnderWay: boolean): void {
    const parts = this.#parts.get(id) ?? new Set<number>()
    if (isUnderWay) parts.add(seq)
    else parts.delete(seq)
    this.#parts.set(id, parts)
  }

  /** The run is over; how far it came is remembered. */
  stopped(id: string): void {
    this.#parts.delete(id)
    const mover = this.#movers.get(id)
    if (mover === undefined) return
    mover.moments.clear()
    mover.inFlightBytes = 0
    mover.bufferedBytes = 0
    mover.reachedBytes = mover.sentBytes
  }

  /** The transfer has come to its end, or is not going to continue by itself. */
  forget(id: string): void {
    this.#movers.delete(id)
    this.#parts.delete(id)
  }

  /** Notes that nothing can move now. */
  still(): void {
    this.pace.still()
    for (const { moments } of this.#movers.values()) moments.clear()
  }

  inFlightBytes(id: string): number {
    return this.#movers.get(id)?.inFlightBytes ?? 0
  }

  /** Returns the progress of a transfer in bytes. */
  movedBytes({ id, sentBytes, sizeBytes }: Transfer, nowMs: number): number {
    const mover = this.#movers.get(id)
    return Math.min(sizeBytes, Math.max(sentBytes, mover ? shownBytesOf(mover, nowMs) : 0))
  }

  /** The same of every transfer that has moved in this process, by id. */
  movedById(nowMs: number): Record<string, number> {
    return Object.fromEntries(
      [...this.#movers].map(([id, mover]) => [
        id,
        Math.min(mover.sizeBytes, shownBytesOf(mover, nowMs)),
      ]),
    )
  }

  /** The amount that has moved of all transfers beyond what is acknowledged on disk. */
  get reached(): Load {
    return this.#beyondAcknowledged(({ reachedBytes }) => reachedBytes)
  }

  /** The same as progress shows it. */
  shown(nowMs: number): Load {
    return this.#beyondAcknowledged((mover) => shownBytesOf(mover, nowMs))
  }

  /** The number of times that a file was started again from an earlier byte. */
  get restarts(): number {
    return this.#restarts
  }

  /** Speed of everything. */
  bytesPerSecond(nowMs: number): number {
    const stretch = this.pace.recent(nowMs)
    return stretch === undefined ? 0 : Math.round((stretch.bytes * 1_000) / stretch.ms)
  }

  /** Speed of one transfer; those of all add up to that of everything. */
  bytesPerSecondOf(id: string, nowMs: number): number {
    return Math.round(this.bytesPerSecond(nowMs) * this.#flowShare(id, nowMs))
  }

  /**
   * Returns the time when a transfer will be there, if the line stays divided as it is; undefined when
   * that is not known.
   * @param wallMs the same moment by the wall clock
   */
  doneAtMs(transfer: Transfer, nowMs: number, wallMs: number): number | undefined {
    const share = this.#flowShare(transfer.id, nowMs)
    const mover = this.#movers.get(transfer.id)
    if (mover === undefined || share === 0) return undefined
    const bytes = Math.max(0, transfer.sizeBytes - mover.reachedBytes)
    const calls = callsFor(transfer.sizeBytes) * shareOfFile(bytes, transfer.sizeBytes)
    const atMs = wallMs + this.pace.expectedMs({ bytes, calls }) / share
    const eta = mover.eta.next({ kind: 'at', atMs, quotaDays: 0 }, wallMs)
    return eta.kind === 'at' ? eta.atMs : undefined
  }

  /** In seq order. */
  partsUnderWay(id: string): number[] {
    return [...(this.#parts.get(id) ?? [])].sort((a, b) => a - b)
  }

  /** A transfer's part of what moves at present. */
  #flowShare(id: string, nowMs: number): number {
    const mover = this.#movers.get(id)
    const stretch = this.pace.recent(nowMs)
    if (mover === undefined || stretch === undefined) return 0
    const own = rateOf(mover, stretch.afterBucket, nowMs)
    if (own === 0) return 0
    let all = 0
    for (const each of this.#movers.values()) all += rateOf(each, stretch.afterBucket, nowMs)
    return own / all
  }

  #moves(id: string, sizeBytes: number, sentBytes: number): void {
    const known = this.#movers.get(id)
    if (known?.sizeBytes === sizeBytes) {
      if (sentBytes < known.sentBytes) this.#restarted(known, sentBytes)
      return
    }
    // A file of another size is another version.
    if (known !== undefined) this.#restarts += 1
    this.#movers.set(id, {
      ...{ sizeBytes, sentBytes, reachedBytes: sentBytes, shownBytes: sentBytes },
      ...{ inFlightBytes: 0, bufferedBytes: 0, fillingUntilMs: 0 },
      moments: new Map(),
      eta: new SteadyEta(),
    })
  }

  #beyondAcknowledged(bytesOf: (mover: Mover) => number): Load {
    let bytes = 0
    let calls = 0
    for (const mover of this.#movers.values()) {
      const beyond = Math.max(0, bytesOf(mover) - mover.sentBytes)
      bytes += beyond
      calls += callsFor(mover.sizeBytes) * shareOfFile(beyond, mover.sizeBytes)
    }
    return { bytes, calls }
  }

  #restarted(mover: Mover, sentBytes: number): void {
    mover.sentBytes = sentBytes
    mover.reachedBytes = sentBytes
    mover.shownBytes = sentBytes
    this.#restarts += 1
  }

  #moved(mover: Mover, bytes: number, nowMs: number): void {
    const reached = Math.min(bytes, mover.sizeBytes)
    const moved = reached - mover.reachedBytes
    mover.reachedBytes = reached
    if (moved <= 0) return
    const calls = callsFor(mover.sizeBytes) * shareOfFile(moved, mover.sizeBytes)
    const bucket = bucketOf(nowMs)
    mover.moments.set(bucket, (mover.moments.get(bucket) ?? 0) + moved)
    for (const old of mover.moments.keys()) {
      if (mover.moments.size <= MOST_MOMENTS) break
      mover.moments.delete(old)
    }
    this.pace.add({ bytes: moved, calls }, nowMs)
  }

  #done(id: string, sizeBytes: number, nowMs: number): void {
    const mover = this.#movers.get(id)
    if (mover === undefined) return
    if (sizeBytes === 0) this.pace.add({ bytes: 0, calls: 1 }, nowMs)
    else this.#moved(mover, sizeBytes, nowMs)
  }
}

/** A call that is refused is so at once: what it took in a buffer is progress only after that. */
function shownBytesOf(mover: Mover, nowMs: number): number {
  const { sentBytes, inFlightBytes, reachedBytes, fillingUntilMs } = mover
  const isAccepted = nowMs > fillingUntilMs + REFUSAL_MS
  const bytes = isAccepted ? sentBytes + inFlightBytes : reachedBytes
  mover.shownBytes = Math.max(mover.shownBytes, bytes)
  return mover.shownBytes
}

/** Bytes that moved in each half second since a stretch began, or since the transfer did. */
function rateOf({ moments }: Mover, afterBucket: number, nowMs: number): number {
  let bytes = 0
  let first: number | undefined
  for (const [bucket, moved] of moments) {
    if (bucket <= afterBucket) continue
    first ??= bucket
    bytes += moved
  }
  return first === undefined ? 0 : bytes / (bucketOf(nowMs) - first + 1)
}
