/** Excel takes a file without it for one in the system's old encoding. */
const BYTE_ORDER_MARK = '\uFEFF'

/** Rows as RFC 4180 has them; what a spreadsheet would take for a formula is disarmed. */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : disarmed(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A file named `=cmd()` must not run as a formula where the export is opened. */
function disarmed(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
