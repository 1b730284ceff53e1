/**
 * One HTTP request and its whole answer. Speaks to undici's dispatch interface, not to `request()`,
 * for two facts that only it tells: when the head goes out on a ready socket, and how much of the
 * body was handed over when something broke. `request()` also leaves an aborted call pending until
 * the connection is there.
 */
import type { Dispatcher } from 'undici'
import type { SendOptions } from '#main/engine/ports.ts'
import type { Redactor } from '#main/lib/redact.ts'
import type { TransferError } from '#shared/errors/transfer-error.ts'
import { type CallFacts, errorFromSocket, transferError } from './error-mapper.ts'
import type { IdleDeadline } from './idle-deadline.ts'
import type { MultipartBody } from './multipart.ts'
import type { HeaderValue } from './retry-after.ts'

/** No answer of the API comes near; a page of 200 files is some 100 KB. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With prefix and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | MultipartBody | undefined
  /** For errors. */
  readonly endpoint: string
  readonly seq?: number | undefined
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, HeaderValue>>
  readonly body: Buffer
  /** The answer came after all that matters of our body had gone out. */
  readonly wholeBodySent: boolean
}

export interface ExchangeOptions extends SendOptions {
  readonly dispatcher: Dispatcher
  readonly origin: string
  /** Begins to measure silence. */
  readonly startDeadline: () => IdleDeadline
  readonly redactor: Redactor
}

/**
 * Sends the request and reads the answer, whatever its status.
 * @throws the signal's reason when it aborts, otherwise `TransferError`
 */
export function exchange(request: HttpRequest, options: ExchangeOptions): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    options.signal.throwIfAborted()
    new Exchange(request, options, resolve, reject).dispatch()
  })
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: HttpRequest
  readonly #options: ExchangeOptions
  readonly #resolve: (answer: HttpAnswer) => void
  readonly #reject: (reason: unknown) => void
  readonly #deadline: IdleDeadline
  /** Ends the body generator, wherever it waits, when the call is over. */
  readonly #over = new AbortController()
  /** Up to the file's last byte: a lenient server might not wait for the closing boundary. */
  readonly #bodyBytes: number
  #controller: Dispatcher.DispatchController | undefined
  #settled = false
  #handedOver = false
  #sentBytes = 0
  #status = 0
  #headers: HttpAnswer['headers'] = {}
  readonly #chunks: Buffer[] = []
  #receivedBytes = 0

  constructor(
    request: HttpRequest,
    options: ExchangeOptions,
    resolve: (answer: HttpAnswer) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#request = request
    this.#options = options
    this.#resolve = resolve
    this.#reject = reject
    this.#bodyBytes = bodyLength(request.body)
    this.#deadline = options.startDeadline()
  }

  dispatch(): void {
    const { dispatcher, origin, signal } = this.#options
    const { method, path, headers } = this.#request
    signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#deadline.signal.addEventListener('abort', this.#onIdle, { once: true })
    try {
      // undici takes any async iterable; its types know of streams only.
      const body = this.#body() as Buffer | null
      dispatcher.dispatch({ origin, method, path, headers, body }, this)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** The socket is ready; undici writes the head in this same turn. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled) {
      controller.abort(new Error('the call is over'))
      return
    }
    this.#controller = controller
    this.#deadline.sent()
    if (this.#bodyBytes === 0) this.#onHandedOver()
    this.#options.onSent?.()
  }

  onBodySent(chunk: Uint8Array): void {
    this.#deadline.sent()
    this.#sentBytes += chunk.byteLength
    if (!this.#handedOver && this.#sentBytes >= this.#bodyBytes) this.#onHandedOver()
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: HttpAnswer['headers'],
  ): void {
    // "Wait", "continue" and the like are no answer, however many come.
    if (status < 200) return
    this.#deadline.received(0)
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#deadline.received(chunk.byteLength)
    this.#receivedBytes += chunk.byteLength
    if (this.#receivedBytes <= MAX_ANSWER_BYTES) this.#chunks.push(chunk)
    else this.#rejectWith(this.#error('bad-response', 'the answer is longer than 8 MiB'))
  }

  onResponseEnd(): void {
    if (this.#settled) return
    this.#settle()
    const answer = {
      status: this.#status,
      headers: this.#headers,
      body: Buffer.concat(this.#chunks),
      wholeBodySent: this.#handedOver,
    }
    // undici takes the connection back one turn of the event loop later. A caller that makes the
    // next call sooner gets a second connection, and both lose the speed they had grown to while
    // they take turns.
    setImmediate(() => setImmediate(this.#resolve, answer))
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error)
  }

  #body(): Buffer | AsyncGenerator<Uint8Array> | null {
    const { body } = this.#request
    if (body === undefined || Buffer.isBuffer(body)) return body ?? null
    const { throttle, onProgress } = this.#options
    const onThrottle = (waiting: boolean) => this.#deadline.hold(waiting)
    return body.slices({ signal: this.#over.signal, throttle, onProgress, onThrottle })
  }

  #onHandedOver(): void {
    // From here on the server may act on the request, whatever we see of it.
    this.#handedOver = true
    this.#deadline.bodyHandedOver(this.#bodyBytes)
  }

  readonly #onAbort = (): void => this.#rejectWith(this.#options.signal.reason)

  readonly #onIdle = (): void => {
    const waitedFor = this.#handedOver ? 'answer' : this.#controller ? 'upload' : 'connection'
    this.#rejectWith(this.#error('idle-timeout', `the ${waitedFor} stood still`))
  }

  #fail(error: unknown): void {
    this.#rejectWith(errorFromSocket(error, this.#facts(), this.#options.redactor))
  }

  #error(code: 'bad-response' | 'idle-timeout', detail: string): TransferError {
    return transferError(code, this.#facts(), {
      detail,
      ...(this.#status !== 0 && { httpStatus: this.#status }),
    })
  }

  #facts(): CallFacts {
    const { endpoint, seq } = this.#request
    return { endpoint, seq, neverArrived: !this.#handedOver }
  }

  #rejectWith(reason: unknown): void {
    if (this.#settled) return
    this.#settle()
    this.#controller?.abort(new Error('the call is over'))
    this.#reject(reason)
  }

  #settle(): void {
    this.#settled = true
    this.#deadline.stop()
    this.#options.signal.removeEventListener('abort', this.#onAbort)
    this.#over.abort()
  }
}

function bodyLength(body: HttpRequest['body']): number {
  if (body === undefined) return 0
  return Buffer.isBuffer(body) ? body.byteLength : body.payloadEnd
}
