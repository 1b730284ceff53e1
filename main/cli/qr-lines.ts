import { encode } from 'uqr'

/** Black on white whatever the colours of the terminal are: a scanner wants it so. */
const DARK_ON_LIGHT = '\u001b[30;107m'
const RESET = '\u001b[0m'

/** The scanner wants a light margin of four modules, and does with less at the sides. */
const MARGIN = 4
const LEAST_MARGIN = 1

/**
 * Draws a link as a QR code, two rows of it in a line.
 * @param columns the width of the terminal
 * @returns undefined where it is too narrow: lines that wrap are no code
 */
export function qrLines(link: string, columns: number): string[] | undefined {
  const { data, size } = encode(link, { ecc: 'L', border: 0 })
  const side = Math.min(MARGIN, Math.floor((columns - size) / 2))
  if (side < LEAST_MARGIN) return undefined
  const margin = ' '.repeat(side)
  const empty = Array.from({ length: size }, () => false)
  const rows = [...Array(MARGIN).fill(empty), ...data, ...Array(MARGIN).fill(empty)] as boolean[][]
  return Array.from({ length: Math.ceil(rows.length / 2) }, (_, line) => {
    const upper = rows[line * 2] ?? empty
    const lower = rows[line * 2 + 1] ?? empty
    const cells = upper.map((isDark, column) => cell(isDark, lower[column] ?? false))
    return `${DARK_ON_LIGHT}${margin}${cells.join('')}${margin}${RESET}`
  })
}

function cell(isUpperDark: boolean, isLowerDark: boolean): string {
  if (isUpperDark) return isLowerDark ? '█' : '▀'
  return isLowerDark ? '▄' : ' '
}
