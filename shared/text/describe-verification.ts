import { explain } from '../errors/explain.ts'
import type { ErrorInfo } from '../model/error-info.ts'
import type { Verification } from '../model/verification.ts'
import { formatMoment } from './format.ts'
import type { Language } from './language.ts'
import { t } from './t.ts'

/** One finding in words. */
export interface VerificationLine {
  readonly about: keyof Verification
  /** False: it differs, or could not be told. */
  readonly isGood: boolean
  readonly words: string
}

/** Returns the findings of a check, a line each. */
export function describeVerification(
  { local, remote, bytes }: Verification,
  language: Language,
): VerificationLine[] {
  const line = (about: keyof Verification, isGood: boolean, words: string, error?: ErrorInfo) => ({
    about,
    isGood,
    words:
      error === undefined
        ? words
        : t(language, 'verified.because', { words, why: explain(error, language).message }),
  })
  const lines = [
    line(
      'local',
      local.verdict === 'same',
      t(language, `verifiedLocal.${local.verdict}`),
      local.error,
    ),
  ]
  if (remote !== undefined) {
    const words =
      remote.verdict === 'modified'
        ? t(language, 'verifiedRemote.modified', {
            time: formatMoment(remote.modifiedAtMs ?? 0, language),
          })
        : t(language, `verifiedRemote.${remote.verdict}`)
    lines.push(line('remote', remote.verdict === 'there', words, remote.error))
  }
  if (bytes !== undefined) {
    const { verdict, compared, pieces, error } = bytes
    const words =
      verdict === 'same' && compared < pieces
        ? t(language, 'verifiedBytes.sample', { compared, pieces })
        : t(language, `verifiedBytes.${verdict}`)
    lines.push(line('bytes', verdict === 'same', words, error))
  }
  return lines
}
