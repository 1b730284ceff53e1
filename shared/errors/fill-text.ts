import { safeText } from '../text/safe-text.ts'

export type TextValues = Readonly<Partial<Record<'seconds' | 'scopes' | 'link' | 'detail', string>>>

/**
 * Fills a catalogue text. A passage in square brackets is kept only when every value it names is
 * known: `Slow down[ for {seconds} s].` becomes `Slow down for 4 s.` or `Slow down.`
 */
export function fillText(text: string, values: TextValues): string {
  return text.replace(/\[([^\]]*)\]/g, (_, passage: string) => {
    let complete = true
    const filled = passage.replace(
      /\{(seconds|scopes|link|detail)\}/g,
      (_, name: keyof TextValues) => {
        const value = tidy(values[name] ?? '')
        if (value === '') complete = false
        return value
      },
    )
    return complete ? filled : ''
  })
}

/** One line without a full stop, so that it fits inside a sentence. */
function tidy(value: string): string {
  return safeText(value.trim())
    .replace(/\s+/g, ' ')
    .replace(/[ .。]+$/, '')
    .trim()
}
