import { type Explanation, explain } from '#shared/errors/explain.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { t } from '#shared/text/t.ts'
import { currentLanguage } from './text.ts'

/** Returns the words about a failure that is not retried automatically. */
export function explainError(error: ErrorInfo, language = currentLanguage()): Explanation {
  return explain(error, language, { final: true })
}

/** Returns message and remedy of a failure in one paragraph. */
export function errorText(error: ErrorInfo, language = currentLanguage()): string {
  const { message, remedy } = explainError(error, language)
  return remedy === '' ? message : t(language, 'failure.withRemedy', { message, remedy })
}
