import type { Clock } from '#main/lib/clock.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import type { Preview } from '#shared/model/preview.ts'
import { addCalls, type CallCounts, totalCalls } from '#shared/transfer/call-cost.ts'
import type { QueuePlan, WorkAhead } from '#shared/transfer/plan-queue.ts'
import { addWork, NO_WORK, workOfFile } from '../live/work-ahead.ts'
import { type PreviewedUpload, previewUpload } from './preview-upload.ts'

type Forecast = RequestOutput<'queue.preview'>

/** A folder that takes longer is not counted to the end. */
const LONGEST_MS = 15_000
/** Reasons named, so that a person knows which files stay here. */
const MOST_REASONS = 3

/** Foretells uploads for people who are about to ask for them, each time from the start. */
export class UploadPreviews {
  readonly #clock: Clock
  readonly #running = new Map<string, AbortController>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Counts what an upload comes to. Asked again under the same id, it gives up the question before.
   * @param planWith plans the queue with that much more
   */
  async ask(
    id: string,
    upload: Omit<PreviewedUpload, 'signal'>,
    planWith: PlanWith,
  ): Promise<Forecast> {
    this.#running.get(id)?.abort(new Error('asked again'))
    const stop = new AbortController()
    this.#running.set(id, stop)
    const untilMs = this.#clock.steadyMs() + LONGEST_MS
    const tally = new Tally()
    try {
      for await (const preview of previewUpload({ ...upload, signal: stop.signal })) {
        tally.add(preview)
        if (this.#clock.steadyMs() >= untilMs) return tally.forecast(planWith, false)
      }
      return tally.forecast(planWith, true)
    } catch (error) {
      if (!stop.signal.aborted) throw error
      return tally.forecast(planWith, false)
    } finally {
      if (this.#running.get(id) === stop) this.#running.delete(id)
    }
  }

  close(): void {
    for (const stop of this.#running.values()) stop.abort(new Error('closing'))
  }
}

type PlanWith = (more: WorkAhead) => QueuePlan

interface Named {
  readonly fileName: string
  readonly error: ErrorInfo
}

/** Names a reason with its first file; a few reasons are enough. */
function name(among: Named[], each: Named): void {
  const isNamed = among.some(({ error }) => error.code === each.error.code)
  if (!isNamed && among.length < MOST_REASONS) among.push(each)
}

class Tally {
  #files = 0
  #bytes = 0
  #unchanged = 0
  #refused = 0
  #calls: CallCounts = {}
  #work = NO_WORK
  readonly #reasons: Named[] = []
  readonly #warnings: Named[] = []

  add({ verdict, sizeBytes, calls, fileName, warning }: Preview): void {
    this.#calls = addCalls(this.#calls, calls)
    this.#work = addWork(this.#work, workOfFile(sizeBytes, calls))
    if (warning !== undefined) name(this.#warnings, { fileName, error: warning })
    if (verdict.action === 'upload' || verdict.action === 'resume') {
      this.#files += 1
      this.#bytes += sizeBytes
    } else if ('error' in verdict && verdict.error.code !== 'already-uploaded') {
      this.#refused += 1
      name(this.#reasons, { fileName, error: verdict.error })
    } else this.#unchanged += 1
  }

  forecast(planWith: PlanWith, complete: boolean): Forecast {
    const { days, doneAtMs } = planWith(this.#work)
    return {
      files: this.#files,
      bytes: this.#bytes,
      unchanged: this.#unchanged,
      refused: this.#refused,
      reasons: this.#reasons,
      calls: totalCalls(this.#calls),
      days: Math.max(1, days.length),
      doneAtMs: doneAtMs ?? null,
      warnings: this.#warnings,
      complete,
    }
  }
}
