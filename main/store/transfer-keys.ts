import { randomBytes } from 'node:crypto'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Database } from './late-statements.ts'

/**
 * Returns the integer key behind a transfer's public id; an id never given out is a bug of ours.
 */
export type KeyOf = (id: string) => number

export function prepareKeyOf(database: Database): KeyOf {
  const select = database.prepare('SELECT key FROM transfers WHERE id = ?')
  return (id) => {
    const key = select.get(id)?.['key']
    if (typeof key !== 'number')
      throw new TransferError('internal', { detail: `no transfer ${id}` })
    return key
  }
}

/** A public id: ids of later transfers sort later, so new rows stay together in the index. */
export function newTransferId(nowMs: number): string {
  const time = Math.trunc(nowMs).toString(36).padStart(9, '0')
  return `${time}-${randomBytes(6).toString('hex')}`
}
