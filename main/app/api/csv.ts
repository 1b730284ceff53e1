import { safeText } from '#shared/text/safe-text.ts'

/** Excel takes a file without it for one in the system's old encoding. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Rows as RFC 4180 has them; what a spreadsheet would take for a formula is disarmed, and what
 * would turn or break a line in whatever shows it is written out.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + csvLines(rows)
}

/** Some rows of a table, without the mark that it begins with. */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : disarmed(safeText(value))
  // In much of Europe a semicolon separates cells: what follows one in a name must not become a cell.
  return /[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * Keeps a file named `=cmd()` from running as a formula where the export is opened. A formula
 * begins with one of these characters, in full width as well:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function disarmed(text: string): string {
  return /^[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text
}
