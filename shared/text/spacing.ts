const HAN = /\p{Script=Han}/u
const FIGURE = /[\p{Script=Latin}\d]/u

/**
 * Returns the space that Chinese typesetting puts between two neighbours: one between a Chinese character
 * and a Latin letter or a figure, none otherwise (W3C, Requirements for Chinese Text Layout, 3.2.3).
 */
export function spaceBetween(before: string, after: string): '' | ' ' {
  const [last = ''] = [...before.slice(-2)].slice(-1)
  const [first = ''] = after
  const isMixed = (HAN.test(last) && FIGURE.test(first)) || (FIGURE.test(last) && HAN.test(first))
  return isMixed ? ' ' : ''
}

/** Returns a text with these spaces. */
export function spaced(text: string): string {
  return [...text].reduce((sum, next) => sum + spaceBetween(sum, next) + next, '')
}
