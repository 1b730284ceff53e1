import type { Clock } from '#main/lib/clock.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import type { Preview } from '#shared/model/preview.ts'
import { addCalls, type CallCounts, totalCalls } from '#shared/transfer/call-cost.ts'
import { DAILY_CALLS } from '#shared/transfer/quota-day.ts'
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
   * @param callsLeft today, of the endpoint that has the fewest
   */
  async ask(
    id: string,
    upload: Omit<PreviewedUpload, 'signal'>,
    callsLeft: number,
  ): Promise<Forecast> {
    this.#running.get(id)?.abort(new Error('asked again'))
    const stop = new AbortController()
    this.#running.set(id, stop)
    const untilMs = this.#clock.steadyMs() + LONGEST_MS
    const tally = new Tally()
    try {
      for await (const preview of previewUpload({ ...upload, signal: stop.signal })) {
        tally.add(preview)
        if (this.#clock.steadyMs() >= untilMs) return tally.forecast(callsLeft, false)
      }
      return tally.forecast(callsLeft, true)
    } catch (error) {
      if (!stop.signal.aborted) throw error
      return tally.forecast(callsLeft, false)
    } finally {
      if (this.#running.get(id) === stop) this.#running.delete(id)
    }
  }

  close(): void {
    for (const stop of this.#running.values()) stop.abort(new Error('closing'))
  }
}

class Tally {
  #files = 0
  #bytes = 0
  #unchanged = 0
  #refused = 0
  #calls: CallCounts = {}
  readonly #reasons: { readonly fileName: string; readonly error: ErrorInfo }[] = []

  add({ verdict, sizeBytes, calls, fileName }: Preview): void {
    this.#calls = addCalls(this.#calls, calls)
    if (verdict.action === 'upload' || verdict.action === 'resume') {
      this.#files += 1
      this.#bytes += sizeBytes
    } else if ('error' in verdict && verdict.error.code !== 'already-uploaded') {
      this.#refused += 1
      const { error } = verdict
      const isNamed = this.#reasons.some((reason) => reason.error.code === error.code)
      if (!isNamed && this.#reasons.length < MOST_REASONS) this.#reasons.push({ fileName, error })
    } else this.#unchanged += 1
  }

  forecast(callsLeft: number, complete: boolean): Forecast {
    const most = Math.max(0, ...Object.values(this.#calls))
    return {
      files: this.#files,
      bytes: this.#bytes,
      unchanged: this.#unchanged,
      refused: this.#refused,
      reasons: this.#reasons,
      calls: totalCalls(this.#calls),
      // Each endpoint has a count of its own; the one that is called most takes the longest.
      days: 1 + Math.ceil(Math.max(0, most - callsLeft) / DAILY_CALLS),
      complete,
    }
  }
}
