import { encode } from 'uqr'

/** Black on white whatever the colours of the terminal are: a scanner wants it so. */
const DARK_ON_LIGHT = '\u001b[30;107m'
const RESET = '\u001b[0m'

/** The scanner needs a light margin of four modules. */
const MARGIN = 4

/** Draws a link as a QR code, two rows of it in a line. */
export function qrLines(link: string): string[] {
  const { data, size } = encode(link, { ecc: 'L', border: MARGIN })
  return Array.from({ length: Math.ceil(size / 2) }, (_, line) => {
    const upper = data[line * 2] ?? []
    const lower = data[line * 2 + 1] ?? []
    const cells = upper.map((isDark, column) => cell(isDark, lower[column] ?? false))
    return `${DARK_ON_LIGHT}${cells.join('')}${RESET}`
  })
}

function cell(isUpperDark: boolean, isLowerDark: boolean): string {
  if (isUpperDark) return isLowerDark ? '█' : '▀'
  return isLowerDark ? '▄' : ' '
}
