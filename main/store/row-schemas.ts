/** The allowed contents of a row. All data read back is checked: a disk can return anything. */
import { z } from 'zod'
import { DamagedRowError } from './store-errors.ts'

/** JSON text holding what `schema` describes. */
export function jsonText<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
}

/**
 * Checks one row.
 * @param what names the row in the error, e.g. `transfer 12`
 */
export function readRow<S extends z.ZodType>(schema: S, row: unknown, what: string): z.output<S> {
  const result = schema.safeParse(row)
  if (result.success) return result.data
  const findings = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
  throw new DamagedRowError(`${what} is damaged: ${findings.join('; ')}`)
}
