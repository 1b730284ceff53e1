import { formatCount } from './numbers.ts'
import { spaceBetween } from './spacing.ts'

export type Values = Readonly<Record<string, string | number | undefined>>

/**
 * Fills the `{holes}` of a text. Numbers get their thousands separators, Chinese its spaces around them. A `[passage]` with holes is
 * kept only when each has a value: `Slow down[ for {seconds} s].` becomes `Slow down for 4 s.` or
 * `Slow down.` Brackets without a hole are ordinary text.
 */
export function fill(text: string, values: Values): string {
  return text
    .replace(/\[([^[\]]*\{[^[\]]*)\]/g, (_, passage: string) =>
      holesOf(passage).every((hole) => isGiven(values[hole])) ? passage : '',
    )
    .replace(/\{(\w+)\}/g, (hole, name: string, at: number, whole: string) => {
      const value = shown(values[name] ?? hole)
      const before = spaceBetween(whole.slice(0, at), value)
      return before + value + spaceBetween(value, whole.slice(at + hole.length))
    })
}

/** Names of the holes of a text, in their order. */
export function holesOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
}

function shown(value: string | number): string {
  return typeof value === 'number' ? formatCount(value) : value
}

function isGiven(value: string | number | undefined): boolean {
  return value !== undefined && value !== ''
}
