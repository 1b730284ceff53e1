import { TransferError } from '#shared/errors/transfer-error.ts'
import type { UserTokens } from '#shared/model/account.ts'
import { type LineOptions, openLine } from '../http/open-line.ts'
import { type App, revokeTokens } from './oauth-calls.ts'
import { OAuthAnswer } from './oauth-exchange.ts'

/**
 * Tells Feishu that a sign-in has ended.
 * @throws TransferError `sign-out-not-told` when Feishu could not be told, or refused
 */
export async function tellSignOut(
  options: LineOptions,
  app: App,
  tokens: UserTokens,
  signal: AbortSignal,
): Promise<void> {
  const line = openLine(options)
  line.redactor.hideForGood(app.appSecret)
  try {
    await revokeTokens(line, app, tokens, signal)
  } catch (error) {
    throw new TransferError('sign-out-not-told', { detail: reasonOf(error), cause: error })
  } finally {
    await line.connections.close()
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TransferError) return String(error.code)
  if (error instanceof OAuthAnswer) return error.word
  return 'timeout'
}
