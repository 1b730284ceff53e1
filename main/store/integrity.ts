import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Findings that are told of; one is enough to know. */
const MOST_FINDINGS = 20

/** A text rather than a module: it is the same from the sources and from a build. */
const CHECK = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  const database = new DatabaseSync(workerData, { readOnly: true })
  const rows = database.prepare('PRAGMA integrity_check(${MOST_FINDINGS})').all()
  database.close()
  parentPort.postMessage(rows.map((row) => String(row.integrity_check)).join('; '))
`

/**
 * Returns what SQLite finds wrong with a database; `ok` when that is nothing. It reads the whole
 * database, which takes seconds for a long queue, so a thread of its own does it while uploads
 * continue.
 * @throws Error when it cannot be read
 */
export async function integrityOf(file: string): Promise<string> {
  const worker = new Worker(CHECK, { eval: true, workerData: file })
  try {
    const [findings] = (await once(worker, 'message')) as [string]
    return findings
  } finally {
    await worker.terminate()
  }
}
