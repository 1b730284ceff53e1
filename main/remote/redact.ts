/** Keeps secrets out of everything that is kept or shown. */

const MAX_DETAIL_LENGTH = 300

export interface Redactor {
  /** Never let this text, or its encoded forms, through again. */
  hide(secret: string): void
  /** The text without secrets and control characters, on one short line. */
  clean(text: string): string
}

/**
 * Servers and proxies may echo what we sent them, so what comes from outside goes through here before
 * it becomes part of an error or a log line.
 */
export function createRedactor(): Redactor {
  // Tokens live for two hours; the last few are enough, and the set does not grow for months.
  const secrets = new Set<string>()
  return {
    hide(secret) {
      // Shorter ones are no secrets, and hiding them would eat ordinary words.
      if (secret.length < 4) return
      for (const form of encodedForms(secret)) {
        secrets.delete(form)
        secrets.add(form)
      }
      while (secrets.size > 64) secrets.delete(secrets.values().next().value as string)
    },
    clean(text) {
      let result = text
      for (const secret of secrets) result = result.replaceAll(secret, '***')
      result = result
        .replace(/\b(Bearer|Basic)\s+[^\s"',;]+/gi, '$1 ***')
        .replace(/(\/\/)[^\s/@]+@/g, '$1***@')
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim()
      return result.length > MAX_DETAIL_LENGTH ? `${result.slice(0, MAX_DETAIL_LENGTH)}…` : result
    },
  }
}

function encodedForms(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
}
