import { SpeedMeter } from './speed-meter.ts'

/** Time spans for speeds: a row shows the last seconds, estimated times use the last minute. */
const SHOWN_MS = 5_000
const RECKONED_MS = 60_000

interface Mover {
  handedOverBytes: number
  inFlightBytes: number
  readonly speed: SpeedMeter
}

/** Bytes on their way, told by the engine as it goes. */
export class ProgressTracker {
  readonly #movers = new Map<string, Mover>()
  readonly #shown = new SpeedMeter(SHOWN_MS)
  readonly #reckoned = new SpeedMeter(RECKONED_MS)
  readonly #files = new SpeedMeter(RECKONED_MS)
  /** Parts that bytes of have left and that are not acknowledged, by transfer. */
  readonly #parts = new Map<string, Set<number>>()

  progress(id: string, sentBytes: number, inFlightBytes: number, nowMs: number): void {
    const handedOverBytes = sentBytes + inFlightBytes
    const mover = this.#movers.get(id)
    if (mover === undefined) {
      // Bytes sent in an earlier run did not move just now.
      this.#movers.set(id, { handedOverBytes, inFlightBytes, speed: new SpeedMeter(SHOWN_MS) })
      this.#moved(inFlightBytes, nowMs)
      return
    }
    const bytes = handedOverBytes - mover.handedOverBytes
    mover.handedOverBytes = handedOverBytes
    mover.inFlightBytes = inFlightBytes
    mover.speed.add(bytes, nowMs)
    this.#moved(bytes, nowMs)
  }

  part(id: string, seq: number, isUnderWay: boolean): void {
    const parts = this.#parts.get(id) ?? new Set<number>()
    if (isUnderWay) parts.add(seq)
    else parts.delete(seq)
    this.#parts.set(id, parts)
  }

  /** The run is over. */
  stopped(id: string): void {
    this.#movers.delete(id)
    this.#parts.delete(id)
  }

  fileDone(nowMs: number): void {
    this.#files.add(1, nowMs)
  }

  inFlightBytes(id: string): number {
    return Math.max(0, this.#movers.get(id)?.inFlightBytes ?? 0)
  }

  get allInFlightBytes(): number {
    let bytes = 0
    for (const mover of this.#movers.values()) bytes += Math.max(0, mover.inFlightBytes)
    return bytes
  }

  bytesPerSecond(id: string, nowMs: number): number {
    return Math.round(this.#movers.get(id)?.speed.perSecond(nowMs) ?? 0)
  }

  /** In seq order. */
  partsUnderWay(id: string): number[] {
    return [...(this.#parts.get(id) ?? [])].sort((a, b) => a - b)
  }

  overall(nowMs: number) {
    return {
      bytesPerSecond: Math.round(this.#shown.perSecond(nowMs)),
      reckonedBytesPerSecond: this.#reckoned.perSecond(nowMs),
      filesPerSecond: this.#files.perSecond(nowMs),
      movingForMs: this.#reckoned.movingForMs(nowMs),
    }
  }

  #moved(bytes: number, nowMs: number): void {
    this.#shown.add(bytes, nowMs)
    this.#reckoned.add(bytes, nowMs)
  }
}
