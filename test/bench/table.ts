import type { Figure } from './figure.ts'

const COLUMNS: Readonly<Record<string, (figure: Figure) => string>> = {
  name: (figure) => figure.name,
  measured: (figure) => figure.measured,
  baseline: (figure) => figure.baseline ?? '',
  ratio: (figure) => figure.ratio?.toFixed(2) ?? '',
  goal: (figure) => figure.goal?.text ?? '',
  'met?': (figure) => figure.goal?.met ?? '',
}

/** The figures as a table that reads well in a terminal and in Markdown. */
export function formatTable(figures: readonly Figure[]): string {
  const heads = Object.keys(COLUMNS)
  const rows = figures.map((figure) => Object.values(COLUMNS).map((cell) => cell(figure)))
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |\n`
  const rule = line(widths.map((width) => '-'.repeat(width)))
  return line(heads) + rule + rows.map(line).join('')
}
