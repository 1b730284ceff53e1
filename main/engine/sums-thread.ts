import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type ComputeSums, type Sums, sumsOf } from './sums.ts'
import type { SumsJob, SumsMessage } from './sums-worker.ts'

/** Size below which bytes are summed in the time that it takes to ask the thread. */
const WORTH_ASKING_BYTES = 64 * 1024

/** To start the thread takes as long as to sum up this much: a few small files are done without. */
const WORTH_STARTING_BYTES = 8 * 1024 * 1024

/** A thread that ended so often, or can not be started here, will not do better the next time. */
const MOST_ENDS = 3

/** Beside this file, whether this is the source or was built from it. */
const WORKER = new URL(`./sums-worker${extname(import.meta.filename)}`, import.meta.url)

interface Asked extends Omit<SumsJob, 'id'> {
  readonly resolve: (sums: Sums | Promise<Sums>) => void
}

/**
 * A thread of its own that sums up what is sent: a part of 4 MiB takes some 10 ms, which the event loop
 * has better uses for. It starts once there is enough to do, and does not keep the process from ending.
 */
export class SumsThread {
  readonly #workerUrl: URL
  /** Still to be summed here before the thread is started. */
  #bytesToStart: number
  readonly #asked = new Map<number, Asked>()
  #worker: Worker | undefined
  #isReady = false
  #ends = 0
  #lastId = 0

  /** @param workerUrl what the thread runs */
  constructor(workerUrl = WORKER, bytesToStart = WORTH_STARTING_BYTES) {
    this.#workerUrl = workerUrl
    this.#bytesToStart = bytesToStart
  }

  /**
   * Does the same as `sumsOf`. Sums the thread leaves undone when it ends are made here: there is
   * always an answer.
   */
  readonly sumsOf: ComputeSums = (bytes, blockBytes) => {
    const isShared = bytes.buffer instanceof SharedArrayBuffer
    if (!isShared || bytes.length < WORTH_ASKING_BYTES || this.#ends >= MOST_ENDS) {
      return sumsOf(bytes, blockBytes)
    }
    this.#bytesToStart -= bytes.length
    if (this.#bytesToStart > 0) return sumsOf(bytes, blockBytes)
    const worker = this.#running()
    // No caller waits while the thread gets ready.
    if (worker === undefined || !this.#isReady) return sumsOf(bytes, blockBytes)
    return new Promise((resolve) => {
      const job: SumsJob = { id: ++this.#lastId, bytes, blockBytes }
      this.#asked.set(job.id, { bytes, blockBytes, resolve })
      worker.ref()
      worker.postMessage(job)
    })
  }

  /** Undefined when the system has no thread to give. */
  #running(): Worker | undefined {
    try {
      this.#worker ??= this.#start()
    } catch {
      this.#ends += 1
    }
    return this.#worker
  }

  #start(): Worker {
    const worker = new Worker(this.#workerUrl, { name: 'sums' })
    worker.on('message', (message: SumsMessage) => {
      if (message === 'ready') {
        this.#isReady = true
        return
      }
      this.#asked.get(message.id)?.resolve(message.sums)
      this.#asked.delete(message.id)
      if (this.#asked.size === 0) worker.unref()
    })
    // Its end comes after, and says all there is to know.
    worker.on('error', () => {})
    worker.on('exit', () => this.#ended())
    // After the listeners: each of them makes the process wait for the thread.
    worker.unref()
    return worker
  }

  #ended(): void {
    this.#ends += 1
    this.#worker = undefined
    this.#isReady = false
    for (const { bytes, blockBytes, resolve } of this.#asked.values()) {
      resolve(sumsOf(bytes, blockBytes))
    }
    this.#asked.clear()
  }
}
