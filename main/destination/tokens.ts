/** Tokens are opaque; old ones have prefixes, new ones have 27 characters. */
const TOKEN = /^[A-Za-z0-9_-]{1,128}$/

/** Names of Base fields: anything printable. */
const FIELD = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,200}$/u

export function isToken(text: string): boolean {
  return TOKEN.test(text)
}

/** Checks whether a text could be the id or the name of a field. */
export function isFieldReference(text: string): boolean {
  return FIELD.test(text) && text.trim() !== ''
}
