import { explain } from '#shared/errors/explain.ts'
import { errorInfo, type TransferError } from '#shared/errors/transfer-error.ts'
import type { Session } from './session.ts'

/** Says what a person should know although the command did what it was asked for. */
export function warn({ output, settings }: Session, error: TransferError): void {
  const { json, language } = settings
  const { message, remedy } = explain(errorInfo(error, Date.now()), language, { final: true })
  if (json) output.json({ type: 'warning', code: error.code, message, remedy })
  else output.warn(message, remedy)
}
