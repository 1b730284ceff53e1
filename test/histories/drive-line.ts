import type { DocumentApi } from '#main/destination/document-api.ts'
import type { FeishuApi } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { FakeClock } from '#test/kit/fake-clock.ts'
import { type ApiCall, failure, ScriptedApi } from '#test/unit/engine/engine-kit.ts'
import type { MemoryDrive } from '#test/unit/engine/engine-world.ts'

/** The faults that the line, or Feishu, causes in a call. */
export type LineFault =
  /** It takes effect, and its answer is lost. */
  | 'answer-lost'
  /** It never arrives, and the caller cannot know. */
  | 'call-lost'
  /** The connection is cut, and the call takes effect a second later. */
  | 'late'
  | 'rate-limit'

/** The travel time of a call to Feishu, and of its answer back. */
const TRAVEL_MS = 120
const LATE_MS = 1_000

/** A process's way to Drive. It ends with the process; what has left by then arrives all the same. */
export class DriveLine {
  readonly api: FeishuApi & DocumentApi
  isCut = false
  readonly #drive: MemoryDrive
  readonly #clock: FakeClock
  readonly #faults: LineFault[] = []
  /** Told of each call as it arrives, and as its answer leaves. */
  onStep: () => void = () => {}

  constructor(drive: MemoryDrive, clock: FakeClock) {
    this.#drive = drive
    this.#clock = clock
    this.api = new ScriptedApi((call) => this.#carry(call)) as unknown as FeishuApi & DocumentApi
  }

  /** Causes a fault in the next call. */
  arm(fault: LineFault): void {
    this.#faults.push(fault)
  }

  disarm(): void {
    this.#faults.length = 0
  }

  async #carry(call: ApiCall): Promise<unknown> {
    if (this.isCut) throw lost()
    const fault = this.#faults.shift()
    await this.#clock.sleep(TRAVEL_MS)
    if (fault === 'call-lost') throw lost()
    if (fault === 'rate-limit') throw failure(99991400, { retryAfterMs: 2_000 })
    if (fault === 'late') {
      void this.#clock.sleep(LATE_MS).then(() => this.#arrive(call).catch(() => {}))
      throw lost()
    }
    const answer = await this.#arrive(call)
    this.onStep()
    await this.#clock.sleep(TRAVEL_MS)
    if (this.isCut || fault === 'answer-lost') throw lost()
    return answer
  }

  async #arrive(call: ApiCall): Promise<unknown> {
    return this.#drive.answer(call)
  }
}

function lost(): TransferError {
  return new TransferError('connection-lost', { neverArrived: false })
}
