/** Keeps secrets out of everything that is kept or shown. */

const MAX_DETAIL_LENGTH = 300

export interface Redactor {
  /** Never let this text, or its encoded forms, through again. Of those that are renewed, the newest count. */
  hide(secret: string): void
  /** As `hide`, for what stays a secret however long we run: an app's secret, a password. */
  hideForGood(secret: string): void
  /** The text without secrets. */
  mask(text: string): string
  /** The text without secrets and control characters, on one short line. */
  clean(text: string): string
}

/**
 * Servers and proxies may echo what we sent them, so what comes from outside goes through here before
 * it becomes part of an error or a log line.
 */
export function createRedactor(): Redactor {
  // Tokens live for two hours; the last few are enough, and the set does not grow for months.
  const renewed = new Set<string>()
  const lasting = new Set<string>()
  const mask = (text: string) => {
    let result = text
    for (const secret of [...lasting, ...renewed]) result = result.replaceAll(secret, '***')
    return result
      .replace(/\b(Bearer|Basic)\s+[^\s"',;]+/gi, '$1 ***')
      .replace(/(\/\/)[^\s/@]+@/g, '$1***@')
  }
  return {
    mask,
    hide(secret) {
      for (const form of formsOf(secret)) {
        renewed.delete(form)
        renewed.add(form)
      }
      while (renewed.size > 64) renewed.delete(renewed.values().next().value as string)
    },
    hideForGood(secret) {
      for (const form of formsOf(secret)) lasting.add(form)
    },
    clean(text) {
      const result = mask(text)
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim()
      return result.length > MAX_DETAIL_LENGTH ? `${result.slice(0, MAX_DETAIL_LENGTH)}…` : result
    },
  }
}

/** A secret as it travels. Shorter ones are none, and hiding them would eat ordinary words. */
function formsOf(secret: string): string[] {
  if (secret.length < 4) return []
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
}
