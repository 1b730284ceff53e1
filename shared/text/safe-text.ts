/**
 * Text that is not ours (names, paths, words of servers) in a form that does nothing where it is shown.
 * The characters: C0 and C1 controls with DEL (ECMA-48), which command a terminal; LINE and PARAGRAPH
 * SEPARATOR; and the marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9),
 * with which a name looks like another one.
 */
const NOT_IN_JSON = String.raw`\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069`
const UNSAFE = new RegExp(String.raw`[\u0000-\u001f${NOT_IN_JSON}]`, 'g')
const UNSAFE_IN_JSON = new RegExp(`[${NOT_IN_JSON}]`, 'g')

/** The text in one line, with each character that would do something written out: `\u001b`. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, escaped)
}

/**
 * The value as JSON that can be shown on a terminal as it is, and that reads back as the same value.
 * @param indent as `JSON.stringify` has it
 */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(UNSAFE_IN_JSON, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
