import { readFileSync } from 'node:fs'

/** A point of `docs/checking-the-desktop.md`. */
export interface Point {
  readonly number: number
  readonly title: string
  readonly text: string
  readonly systems: readonly string[]
}

/** The person's word on a point; `undefined` where it was not checked. */
export interface Answer {
  readonly point: Point
  readonly isRight: boolean | undefined
  readonly note: string
}

const SYSTEMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'macOS',
  linux: 'Linux',
  win32: 'Windows',
}

const FILE = new URL('../../../docs/checking-the-desktop.md', import.meta.url)
const POINT = /^## (\d+)\. (.+)\n\nSystems: (.+)\n\n([\s\S]+?)(?=\n## |$(?![\s\S]))/gm

/** Returns the points of the page, all of them. */
export function readChecklist(): Point[] {
  return [...readFileSync(FILE, 'utf8').matchAll(POINT)].map((match) => {
    const [, number = '', title = '', systems = '', text = ''] = match
    return { number: Number(number), title, systems: systems.split(', '), text: text.trim() }
  })
}

/** Tells whether a point concerns this system. */
export function concerns({ systems }: Point, platform: NodeJS.Platform): boolean {
  return systems.includes('all') || systems.includes(SYSTEMS[platform] ?? '')
}

/** Reads a line such as `n the dialog was gone`. */
export function readAnswer(point: Point, line: string): Answer {
  const [, letter, note = ''] = /^\s*([yn]?)\b\s*(.*)$/i.exec(line) ?? []
  const isRight = letter ? letter.toLowerCase() === 'y' : undefined
  return { point, isRight, note: note.trim() }
}

export interface Findings {
  /** Names and values: versions and what is known of the machine. */
  readonly machine: Readonly<Record<string, string>>
  readonly specs: 'passed' | 'failed'
  readonly answers: readonly Answer[]
}

/** Returns the report, in Markdown. */
export function formatReport({ machine, specs, answers }: Findings): string {
  return [
    '### Desktop check',
    '',
    ...Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`),
    `- specs on this Electron: ${specs}`,
    '',
    '| point | as described | note |',
    '| --- | --- | --- |',
    ...answers.map(({ point, isRight, note }) => {
      const word = isRight === undefined ? 'not checked' : isRight ? 'yes' : '**no**'
      return `| ${point.number}. ${point.title} | ${word} | ${note.replaceAll('|', '\\|')} |`
    }),
    '',
  ].join('\n')
}
