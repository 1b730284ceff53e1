import type { CallContext } from '#main/engine/ports.ts'
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { orAborted } from '#shared/or-aborted.ts'
import type { BaseField, Table } from './document-api.ts'
import { allItems, type DocumentCalls } from './document-calls.ts'

/** The fields of tables, asked for once: records are written by field name. */
export class TableFields {
  readonly #calls: Pick<DocumentCalls, 'fields'>
  readonly #known = new Map<string, Promise<readonly BaseField[]>>()

  constructor(calls: Pick<DocumentCalls, 'fields'>) {
    this.#calls = calls
  }

  /** Returns the fields, asked for on behalf of the first caller; stopping it stops no other. */
  async of(table: Table, context: CallContext): Promise<readonly BaseField[]> {
    for (;;) {
      const known = this.#known.get(keyOf(table))
      if (known === undefined) return this.#ask(table, context)
      try {
        return await orAborted(known, context.stopping)
      } catch (error) {
        if (context.stopping.aborted || error instanceof TransferError) throw error
      }
    }
  }

  #ask({ appToken, tableId }: Table, context: CallContext): Promise<readonly BaseField[]> {
    const key = keyOf({ appToken, tableId })
    const fields = allItems((page) => this.#calls.fields({ appToken, tableId, ...page }, context))
    this.#known.set(key, fields)
    fields.catch(() => this.#known.get(key) === fields && this.#known.delete(key))
    return fields
  }

  /**
   * Checks whether a write was refused because a field was renamed since the last look; if so, the
   * next look is fresh.
   */
  areStale(table: Table, error: unknown): boolean {
    if (!(error instanceof TransferError) || !means(error, 'field-gone')) return false
    this.#known.delete(keyOf(table))
    return true
  }
}

/** Returns the key under which a table is used by one caller at a time. */
export function keyOf({ appToken, tableId }: Table): string {
  return `${appToken}/${tableId}`
}
