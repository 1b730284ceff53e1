import { fill } from '../text/fill.ts'
import type { Language } from '../text/language.ts'
import { safeText } from '../text/safe-text.ts'
import { TEXTS, t } from '../text/t.ts'
import type { Wording } from '../text/words.ts'
import type { ErrorTextKey } from './catalogue.ts'
import type { WhoActs } from './catalogue-entry.ts'
import { leastFirst } from './least-scope.ts'
import { lookUp } from './look-up.ts'
import type { ErrorInfo } from './transfer-error.ts'

export interface Explanation {
  readonly message: string
  readonly remedy: string
  readonly actor: WhoActs
}

export interface ExplainOptions {
  /** Seconds until Feidi tries again, where that is known. */
  readonly seconds?: number
  /** Feidi has stopped trying (the transfer is `failed` or `blocked`), so "it retries" would be untrue. */
  readonly final?: boolean
}

/** Returns what a person is told about a failure: what happened, what to do, and whose turn it is. */
export function explain(
  info: ErrorInfo,
  language: Language,
  { seconds, final = false }: ExplainOptions = {},
): Explanation {
  const { actor, code, text = code } = lookUp(info)
  const texts: Wording = TEXTS[language].errors[text as ErrorTextKey]
  const theirTurn = final && actor === 'wait'
  const remedy = theirTurn ? (texts.finalRemedy ?? t(language, 'failure.tryAgain')) : texts.remedy
  const isKnown = seconds !== undefined && Number.isFinite(seconds)
  const values = {
    seconds: isKnown ? Math.max(1, Math.ceil(seconds)) : undefined,
    scopes: tidy(info.missingScopes?.join(t(language, 'failure.listSeparator'))),
    anyScope: tidy(anyOf(info.missingScopes ?? [], language)),
    link: tidy(info.link),
    detail: tidy(info.detail),
  }
  return {
    message: fill(texts.message, values),
    remedy: fill(remedy, values),
    actor: theirTurn ? 'you' : actor,
  }
}

/** Names scopes of which any one is enough, and recommends the one that opens least. */
function anyOf(scopes: readonly string[], language: Language): string {
  const [least = '', ...others] = leastFirst(scopes)
  if (others.length === 0) return least
  return t(language, 'failure.anyScope', {
    least,
    others: others.join(t(language, 'failure.listSeparator')),
  })
}

/** Returns a value in one line and without a full stop, so that it fits inside a sentence. */
function tidy(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  return safeText(value.trim())
    .replace(/\s+/g, ' ')
    .replace(/[ .。]+$/, '')
    .trim()
}
