/** The characters that no output may pass on as they are, written out rather than taken from the code under test. */
const RANGES = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x061c, 0x061c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
] as const

const CHARACTERS = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, step) => String.fromCharCode(first + step)),
)

/** Control characters, line breaks and what turns the direction of writing: all of them. */
export const UNSAFE = CHARACTERS.join('')

/** Which of them a text holds, as code points in hex; line feeds are what ends its own lines. */
export function unsafeLeftIn(text: string): string[] {
  return CHARACTERS.filter((each) => each !== '\n' && text.includes(each)).map((each) =>
    (each.codePointAt(0) ?? 0).toString(16),
  )
}
