/** The thread that sums up: what it is told to, one answer for each message. */
import { parentPort } from 'node:worker_threads'
import { type Sums, sumsOf } from './sums.ts'

export interface SumsJob {
  readonly id: number
  /** Shared memory: neither side copies it. */
  readonly bytes: Uint8Array
  readonly blockBytes: number
}

export interface SumsAnswer {
  readonly id: number
  readonly sums: Sums
}

parentPort?.on('message', async ({ id, bytes, blockBytes }: SumsJob) => {
  const answer: SumsAnswer = { id, sums: await sumsOf(bytes, blockBytes) }
  parentPort?.postMessage(answer)
})
