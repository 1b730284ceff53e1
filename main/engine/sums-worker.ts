/** The thread that sums up: it says that it is ready, and has one answer for each job. */
import { parentPort } from 'node:worker_threads'
import { type Sums, sumsOf } from './sums.ts'

export interface SumsJob {
  readonly id: number
  /** Shared memory: neither side copies it. */
  readonly bytes: Uint8Array
  readonly blockBytes: number
}

/** The messages that the thread sends. */
export type SumsMessage = 'ready' | SumsAnswer

interface SumsAnswer {
  readonly id: number
  readonly sums: Sums
}

parentPort?.on('message', async ({ id, bytes, blockBytes }: SumsJob) => {
  const answer: SumsAnswer = { id, sums: await sumsOf(bytes, blockBytes) }
  parentPort?.postMessage(answer)
})

const ready: SumsMessage = 'ready'
parentPort?.postMessage(ready)
