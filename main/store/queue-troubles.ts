import { z } from 'zod'
import { errorInfoSchema } from '#shared/model/error-info.ts'
import { countSchema } from '#shared/model/numbers.ts'
import { destinationSchema } from '#shared/model/transfer.ts'
import type { Database } from './late-statements.ts'
import { jsonText, readRow } from './row-schemas.ts'

const troubleSchema = z.object({
  kind: z.literal('failed').or(z.literal('blocked')),
  transfers: countSchema,
  destination: jsonText(destinationSchema),
  /** Empty: the account in use. */
  account: z.string(),
  /** The latest of them. */
  error: jsonText(errorInfoSchema),
})

/** Transfers of the list that have failed alike. */
export type Trouble = Readonly<z.output<typeof troubleSchema>>

/** Reads what triggers have counted: a few rows, however many transfers have failed. */
export function prepareTroubles(database: Database): () => Trouble[] {
  const select = database.prepare(
    'SELECT kind, transfers, destination, account, error FROM troubles ORDER BY transfers DESC',
  )
  return () => select.all().map((row) => readRow(troubleSchema, row, 'a trouble'))
}
