/** Values of options, checked. */
import { TransferError } from '#shared/errors/transfer-error.ts'

/** @throws TransferError `usage` for a value that `parse` makes nothing of */
export function optional(
  text: string | undefined,
  parse: (text: string) => number | undefined,
  option: string,
  example: string,
): number | undefined {
  if (text === undefined) return undefined
  const value = parse(text)
  if (value === undefined) throw wrong(option, text, example)
  return value
}

export function wrong(option: string, value: string, allowed: string): TransferError {
  return new TransferError('usage', { detail: `${option} ${value} (${allowed})` })
}
