import type { Clock } from '#main/lib/clock.ts'
import { pauseFrom } from '#main/lib/pause.ts'
import type { CatalogueEntry } from '#shared/errors/catalogue-entry.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { means } from '#shared/errors/meaning.ts'
import { isWaitedOut } from '#shared/errors/policy-for.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { UploadFamily, UploadPoint, WaitReason } from '#shared/model/transfer.ts'
import type { Hold } from '#shared/model/work.ts'
import { backoffMs, CONFLICT_BACKOFF, SERVER_BACKOFF } from '#shared/transfer/backoff.ts'
import { nextQuotaMonthMs } from '#shared/transfer/quota-day.ts'
import type { Bandwidth } from './bandwidth.ts'
import type { CallGate } from './call-gate.ts'
import { DaySuspicion } from './day-suspicion.ts'
import {
  CREATE_FOLDER,
  type Endpoint,
  LIST_FOLDER,
  READ_FILE,
  type UploadCall,
  uploadEndpoint,
} from './endpoints.ts'
import { MONTH_LOOK_MS } from './month-memory.ts'
import { MOST_FOLDER_PAGES, Paging } from './paging.ts'
import {
  type CallContext,
  type CallOptions,
  type FeishuApi,
  type FolderCalls,
  type LandedAnswer,
  OutcomeUnknown,
  type PreparedUpload,
  type RemoteFile,
  type SendOptions,
} from './ports.ts'
import type { Uplink } from './uplink.ts'

export interface CallsOptions {
  readonly api: FeishuApi
  readonly gate: CallGate
  readonly clock: Clock
  readonly bandwidth: Bandwidth
  readonly uplink: Uplink
  /** A number in [0, 1) for the jitter. */
  readonly random: () => number
}

/** One call of the API, and what may be done when it fails. */
export interface Call<T> {
  readonly endpoint: Endpoint
  /** A call that is not repeatable creates something visible; only a certain failure may be retried. */
  readonly repeatable: boolean
  readonly seq?: number
  perform(options: CallOptions): Promise<T>
}

export interface UploadBody {
  readonly point: UploadPoint
  readonly bytes: Uint8Array
  readonly checksum: number
  /** Further bytes handed to the socket; a negative number takes back those of a failed try. */
  readonly onProgress: (bytes: number) => void
}

/** Time added to what Feishu asks for, so that not all who were told the same come back at once. */
const ASKED_JITTER_MS = 1_000
/** No limit but the day's asks for so long a wait. */
const DAY_ENDED_MS = 20 * 60_000
/** `x-ogw-ratelimit-reset` counts whole seconds. */
const SHORTEST_ASKED_MS = 1_000

/**
 * The API as the engine uses it. Every call waits for its turn at the gate, and is retried as the
 * catalogue says as long as a retry is safe. An error that is thrown has been retried long enough,
 * or is the caller's to handle.
 */
export class Calls implements FolderCalls {
  readonly #options: CallsOptions
  #unreachableInARow = 0
  #underWay = 0
  readonly #suspicion: DaySuspicion
  /** Ends the pauses between two tries of a call. */
  #waking = new AbortController()

  constructor(options: CallsOptions) {
    this.#options = options
    this.#suspicion = new DaySuspicion(options.clock)
  }

  /** Ends all waits: every call that waits is tried at once. */
  tryNow(): void {
    this.#options.gate.tryNow()
    this.#waking.abort()
    this.#waking = new AbortController()
  }

  /** The identity whose token is in use. */
  get identity(): string {
    return this.#options.api.identity
  }

  /** Now, by the server's clock as far as it is known; ms since 1970. */
  serverNowMs(): number {
    return this.toldServerNowMs() ?? this.#options.clock.nowMs()
  }

  /** Now, by the server's clock; undefined until an answer has told its time. */
  toldServerNowMs(): number | undefined {
    const { api, clock } = this.#options
    return api.clockOffsetMs === undefined ? undefined : clock.nowMs() + api.clockOffsetMs
  }

  /** Calls that may be in flight at once, at present. */
  get lanes(): number {
    return this.#options.gate.lanes
  }

  /** True while a call is on its way, or its answer is. */
  get isUnderWay(): boolean {
    return this.#underWay > 0
  }

  /** @throws TransferError when no such call may be made today: what is done for it would be in vain */
  assertToday(family: UploadFamily, call: UploadCall): void {
    const usedUp = this.#options.gate.dayUsedUp(uploadEndpoint(family, call))
    if (usedUp !== undefined) throw usedUp
  }

  /** Calls that may be made today, and on a later day. */
  callsOfDay(
    family: UploadFamily,
    call: UploadCall,
  ): { readonly today: number; readonly daily: number } {
    return this.#options.gate.callsOfDay(uploadEndpoint(family, call))
  }

  /** Asks for an upload transaction. An unanswered one leaves nothing visible behind: repeatable. */
  prepare(
    point: UploadPoint,
    fileName: string,
    sizeBytes: number,
    context: CallContext,
  ): Promise<PreparedUpload> {
    return this.make(context, {
      endpoint: uploadEndpoint(point.family, 'upload_prepare'),
      repeatable: true,
      perform: (options) => this.#options.api.prepare({ point, fileName, sizeBytes }, options),
    })
  }

  /** Sends one part; the same bytes may be sent again. */
  async sendPart(
    part: UploadBody & { uploadId: string; seq: number },
    context: CallContext,
  ): Promise<void> {
    await this.#send(context, part, {
      endpoint: uploadEndpoint(part.point.family, 'upload_part'),
      repeatable: true,
      seq: part.seq,
      perform: (options) => this.#options.api.sendPart(part, options),
    })
  }

  /**
   * Sends a whole file.
   * @throws OutcomeUnknown when the answer was lost and the file would be visible twice
   */
  async uploadAll(
    body: UploadBody & { fileName: string },
    context: CallContext,
  ): Promise<LandedAnswer> {
    return this.#send(context, body, {
      endpoint: uploadEndpoint(body.point.family, 'upload_all'),
      repeatable: body.point.family === 'medias',
      perform: (options) => this.#options.api.uploadAll(body, options),
    })
  }

  /**
   * Closes a transaction.
   * @throws OutcomeUnknown when the answer was lost and the file would be visible twice
   */
  finish(
    request: { point: UploadPoint; uploadId: string; blockCount: number },
    context: CallContext,
  ): Promise<LandedAnswer> {
    return this.make(context, {
      endpoint: uploadEndpoint(request.point.family, 'upload_finish'),
      repeatable: request.point.family === 'medias',
      perform: (options) => this.#options.api.finish(request, options),
    })
  }

  /** Bytes of a file in Drive, to compare them. */
  readFile(
    request: { fileToken: string; start: number; sizeBytes: number },
    context: CallContext,
  ): Promise<Uint8Array> {
    return this.make(context, {
      endpoint: READ_FILE,
      repeatable: true,
      perform: (options) => this.#options.api.readFile(request, options),
    })
  }

  async listFolder(folderToken: string, context: CallContext): Promise<RemoteFile[]> {
    const files: RemoteFile[] = []
    const paging = new Paging(MOST_FOLDER_PAGES, LIST_FOLDER.path)
    let pageToken: string | undefined
    do {
      const request = { folderToken, ...(pageToken !== undefined && { pageToken }) }
      const page = await this.make(context, {
        endpoint: LIST_FOLDER,
        repeatable: true,
        perform: (options) => this.#options.api.listFolder(request, options),
      })
      files.push(...page.files)
      pageToken = paging.turn(page.nextPageToken)
    } while (pageToken !== undefined)
    return files
  }

  createFolder(
    parentToken: string,
    name: string,
    context: CallContext,
  ): Promise<{ token: string }> {
    return this.make(context, {
      endpoint: CREATE_FOLDER,
      repeatable: false,
      perform: (options) => this.#options.api.createFolder({ parentToken, name }, options),
    })
  }

  /** A call with a body: counts its bytes, and takes them back when a try fails. */
  #send<T>(
    context: CallContext,
    body: UploadBody,
    call: Omit<Call<T>, 'perform'> & { perform(options: SendOptions): Promise<T> },
  ): Promise<T> {
    const { bandwidth, clock, uplink } = this.#options
    return this.make(context, {
      ...call,
      perform: async (options) => {
        let handedOver = 0
        const startedAtMs = clock.steadyMs()
        try {
          const answer = await call.perform({
            ...options,
            onProgress: (bytes) => {
              handedOver += bytes
              body.onProgress(bytes)
            },
            ...(bandwidth.limited && { throttle: bandwidth.take }),
          })
          uplink.measured(body.bytes.length, clock.steadyMs() - startedAtMs)
          return answer
        } catch (error) {
          body.onProgress(-handedOver)
          throw error
        }
      },
    })
  }

  /**
   * Makes a call in its turn, and repeats it as the catalogue says as long as that is safe.
   * @throws OutcomeUnknown when it is not repeatable and may have taken effect
   */
  async make<T>(context: CallContext, call: Call<T>): Promise<T> {
    const { gate, clock } = this.#options
    let failures = 0
    let lastCode: ErrorCode | undefined
    for (;;) {
      const admission = await gate.admit(call.endpoint, context, call.seq)
      let pauseMs: number
      context.onCall?.()
      this.#underWay += 1
      try {
        const answer = await call.perform({
          signal: context.aborted,
          onSent: admission.departed,
        })
        this.#unreachableInARow = 0
        this.#suspicion.succeeded(call.endpoint)
        gate.succeeded(call.endpoint)
        return answer
      } catch (error) {
        if (!(error instanceof TransferError)) throw error
        failures = error.code === lastCode ? failures + 1 : 1
        lastCode = error.code
        pauseMs = this.#pauseAfter(error, failures, call, context)
      } finally {
        this.#underWay -= 1
        admission.release()
      }
      if (pauseMs > 0) {
        const waking = this.#waking.signal
        await clock.sleep(pauseMs, AbortSignal.any([context.stopping, waking])).catch(() => {})
        context.stopping.throwIfAborted()
        context.onHold(null)
      }
    }
  }

  /**
   * Decides what follows from a failed call. Returns how long this call pauses (0: it goes straight
   * back to the gate, which may be held). Throws errors that must not or need not be retried here.
   * @param failures with this code in a row
   */
  #pauseAfter(
    error: TransferError,
    failures: number,
    call: Call<unknown>,
    context: CallContext,
  ): number {
    const { gate } = this.#options
    const entry = lookUp(error)
    const isCollision = means(error, 'collision')
    const collidedWithUs = isCollision && gate.collided()
    const isLimit = entry.policy === 'wait-rate-limit'
    if (isCollision || (isLimit && entry.domain !== 'quota')) gate.refusedForRate(call.endpoint)
    // Refused for the company it was in: it goes again when there is room, if it may happen twice.
    if (collidedWithUs && call.repeatable) return 0
    const isOthers = isCollision && !collidedWithUs
    const rest = isOthers ? this.#suspicion.refused(call.endpoint) : undefined
    if (rest !== undefined) gate.hold(call.endpoint, rest)
    const isDayOver = isAboutDay(error, call.endpoint)
    if (isDayOver) gate.dayEnded(call.endpoint)
    if (means(error, 'month-used')) gate.monthEnded(call.endpoint)
    // A remark about a success, without the token that would make it one: the file may be there.
    const mayHaveLanded = entry.mayHaveLanded || entry.policy === 'success'
    if (!call.repeatable && mayHaveLanded && !error.context.neverArrived) {
      throw new OutcomeUnknown(error, rest && withoutTime(rest.error))
    }
    // The gate knows what follows from a day that is over, also for calls to come.
    if (rest !== undefined || isDayOver) return 0
    if (isLimit && !isMomentary(error, failures)) {
      gate.hold(call.endpoint, this.#hold(error, entry, failures))
      return 0
    }
    if (!isWaitedOut(error, failures)) throw error
    if (means(error, 'unreachable')) {
      // All wait together. Calls that fail together are one failure: the first of them has closed the gate.
      if (gate.closed) return 0
      this.#unreachableInARow += 1
      gate.unreachable(this.#hold(error, entry, this.#unreachableInARow))
      return 0
    }
    const hold = this.#hold(error, entry, failures)
    context.onHold(hold)
    return hold.untilMs - hold.sinceMs
  }

  #hold(error: TransferError, entry: CatalogueEntry, failures: number): Hold {
    const { clock, random } = this.#options
    const range = means(error, 'collision') ? CONFLICT_BACKOFF : SERVER_BACKOFF
    const retryAfterMs = means(error, 'month-used')
      ? Math.min(nextQuotaMonthMs(clock.nowMs()) - clock.nowMs(), MONTH_LOOK_MS)
      : (error.context.retryAfterMs ?? 0)
    const askedMs = retryAfterMs + Math.round(random() * ASKED_JITTER_MS)
    // A call told to wait no time, or until a time in the past, must not retry without a pause.
    const pauseMs = Math.max(askedMs, backoffMs(failures, range, random()))
    return { ...pauseFrom(clock.nowMs(), pauseMs), error, reason: waitReason(entry) }
  }
}

/**
 * Checks whether only this call waits: it came between the calls of other machines, and what Feishu asks for
 * is the shortest time its header can say. Refused again, all calls of the endpoint wait.
 */
function isMomentary({ context: { retryAfterMs } }: TransferError, failures: number): boolean {
  return failures === 1 && retryAfterMs !== undefined && retryAfterMs <= SHORTEST_ASKED_MS
}

/** Checks whether Feishu asks for a longer wait than any limit but that of the day does. */
function isAboutDay({ context: { retryAfterMs = 0 } }: TransferError, endpoint: Endpoint): boolean {
  return endpoint.callsPerDay !== undefined && retryAfterMs >= DAY_ENDED_MS
}

/** The endpoint rests so long, not the file: it may be tried before. */
function withoutTime({ code, context: { retryAfterMs: _, ...context } }: TransferError) {
  return new TransferError(code, context)
}

function waitReason(entry: CatalogueEntry): WaitReason {
  if (entry.domain === 'quota') return 'quota'
  if (entry.policy === 'wait-rate-limit') return 'rate-limit'
  return entry.domain === 'network' ? 'network' : 'server'
}
