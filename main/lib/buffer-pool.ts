/** A piece of the pool's memory; must be released exactly once. */
export interface BufferLease {
  /** Shared memory, so that another thread can look at it. */
  readonly bytes: Uint8Array<SharedArrayBuffer>
  release(): void
}

interface Waiter {
  readonly sizeBytes: number
  resolve(lease: BufferLease): void
}

const GRAIN_BYTES = 256 * 1024

/**
 * Memory for parts on their way to the server: buffers are used again and again, so that a 10 GiB
 * file costs as much memory as two parts, and all together never lease more than a budget.
 */
export class BufferPool {
  readonly #budgetBytes: number
  readonly #free: Uint8Array<SharedArrayBuffer>[] = []
  readonly #waiters: Waiter[] = []
  #leasedBytes = 0

  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes
  }

  /**
   * Memory for `sizeBytes`, as soon as the budget allows; what is bigger than the whole budget is
   * given when nothing else is leased. Rejects with the signal's reason when it aborts first.
   */
  lease(sizeBytes: number, signal: AbortSignal): Promise<BufferLease> {
    signal.throwIfAborted()
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        sizeBytes,
        resolve: (lease) => {
          signal.removeEventListener('abort', abandon)
          resolve(lease)
        },
      }
      const abandon = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
        reject(signal.reason)
        this.#serve()
      }
      signal.addEventListener('abort', abandon, { once: true })
      this.#waiters.push(waiter)
      this.#serve()
    })
  }

  #serve(): void {
    for (let next = this.#waiters[0]; next !== undefined; next = this.#waiters[0]) {
      const capacity = Math.ceil(Math.max(next.sizeBytes, 1) / GRAIN_BYTES) * GRAIN_BYTES
      if (this.#leasedBytes > 0 && this.#leasedBytes + capacity > this.#budgetBytes) return
      this.#waiters.shift()
      next.resolve(this.#take(next.sizeBytes, capacity))
    }
  }

  #take(sizeBytes: number, capacity: number): BufferLease {
    // Lending a bigger buffer counts in full, so it has to fit as well.
    const mostBytes = Math.max(this.#budgetBytes - this.#leasedBytes, capacity)
    const index = this.#free.findIndex(({ length }) => length >= capacity && length <= mostBytes)
    const buffer =
      index === -1
        ? new Uint8Array(new SharedArrayBuffer(capacity))
        : (this.#free.splice(index, 1)[0] as Uint8Array<SharedArrayBuffer>)
    this.#leasedBytes += buffer.length
    let released = false
    return {
      bytes: buffer.subarray(0, sizeBytes),
      release: () => {
        if (released) return
        released = true
        this.#leasedBytes -= buffer.length
        this.#keep(buffer)
        this.#serve()
      },
    }
  }

  /** Keeps a buffer for the next lease, smallest first, as long as idle memory stays within half the budget. */
  #keep(buffer: Uint8Array<SharedArrayBuffer>): void {
    const idleBytes = this.#free.reduce((sum, free) => sum + free.length, buffer.length)
    if (idleBytes > this.#budgetBytes / 2) return
    this.#free.push(buffer)
    this.#free.sort((a, b) => a.length - b.length)
  }
}
