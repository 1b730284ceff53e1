import type { Actor, Language } from './catalogue-entry.ts'
import { fillText } from './fill-text.ts'
import { lookUp } from './look-up.ts'
import type { ErrorInfo } from './transfer-error.ts'
import { TRY_AGAIN } from './unlisted.ts'

export interface Explanation {
  readonly message: string
  readonly remedy: string
  readonly actor: Actor
}

export interface ExplainOptions {
  /** Seconds until it goes on by itself, where that is known. */
  readonly seconds?: number
  /** Feidi has stopped trying (the transfer is `failed` or `blocked`), so "it retries" would be untrue. */
  readonly final?: boolean
}

/** What a person is told about a failure: what happened, what to do, and whose turn it is. */
export function explain(
  info: ErrorInfo,
  language: Language,
  { seconds, final = false }: ExplainOptions = {},
): Explanation {
  const entry = lookUp(info)
  const theirTurn = final && entry.actor === 'wait'
  const remedy = theirTurn ? (entry.finalRemedy ?? TRY_AGAIN) : entry.remedy
  const values = {
    ...(seconds !== undefined &&
      Number.isFinite(seconds) && { seconds: String(Math.max(1, Math.ceil(seconds))) }),
    ...(info.missingScopes?.length && {
      scopes: info.missingScopes.join(language === 'zh-CN' ? '、' : ', '),
    }),
    ...(info.link !== undefined && { link: info.link }),
    ...(info.detail !== undefined && { detail: info.detail }),
  }
  return {
    message: fillText(entry.message[language], values),
    remedy: fillText(remedy[language], values),
    actor: theirTurn ? 'you' : entry.actor,
  }
}
