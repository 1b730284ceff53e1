import type { ErrorView } from '#shared/contract/value-schemas.ts'
import { explain } from '#shared/errors/explain.ts'
import { type ErrorInfo, errorInfo, TransferError } from '#shared/errors/transfer-error.ts'

/**
 * A failure with its words.
 * @param final nothing retries it by itself
 */
export function errorView(info: ErrorInfo, final: boolean): ErrorView {
  const chinese = explain(info, 'zh-CN', { final })
  const english = explain(info, 'en', { final })
  return {
    ...info,
    message: { 'zh-CN': chinese.message, en: english.message },
    remedy: { 'zh-CN': chinese.remedy, en: english.remedy },
    actor: chinese.actor,
  }
}

/** Returns what a page is told of any thrown value. The text of a fault of ours is withheld. */
export function viewOfThrown(error: unknown, nowMs: number): ErrorView {
  const known = error instanceof TransferError ? error : new TransferError('internal')
  return errorView(errorInfo(known, nowMs), true)
}
