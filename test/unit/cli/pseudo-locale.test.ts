import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '#main/cli/program.ts'
import { withSubcommands } from '#main/cli/spoken-command.ts'
import { TEXTS } from '#shared/text/t.ts'

/** English, replaced by its own texts in ⟦brackets⟧: what is said outside of them is in no table. */
const tables = TEXTS as Record<string, unknown>
const english = tables['en']

beforeAll(() => {
  tables['en'] = bracketed(english)
})
afterAll(() => {
  tables['en'] = english
})

function bracketed(texts: unknown): unknown {
  if (typeof texts === 'string') return `⟦${texts}⟧`
  if (typeof texts !== 'object' || texts === null) return texts
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, bracketed(text)]))
}

/** Returns the words of a text that no bracket holds, the innermost brackets taken out first. */
function outside(text: string): string[] {
  const without = text.replace(/⟦[^⟦⟧]*⟧/g, ' ')
  return without === text ? text.split(/[\s,|]+/).filter((word) => word !== '') : outside(without)
}

const program = () => buildProgram('1.0.0', 'en', async () => {})
const commands = withSubcommands(program())
const NAMES = new Set([
  'help',
  ...commands.map((command) => command.name()),
  ...commands.flatMap(({ registeredArguments }) => registeredArguments.map((each) => each.name())),
])
/** `--to`, `-h`, `<path...>`, `[dir]` */
const SYNTAX = /^(--?[a-z-]+|-[A-Z]|<[a-z.]+>|\[[a-z.]+\])$/

/** Returns `feidi rules add` of the command `add`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
}

/** Returns what `feidi` prints for a command line that it does not run. */
function printed(words: readonly string[]): string {
  let text = ''
  const feidi = program()
  for (const command of withSubcommands(feidi)) {
    command.exitOverride().configureOutput({
      writeOut: (more) => {
        text += more
      },
      writeErr: (more) => {
        text += more
      },
    })
  }
  expect(() => feidi.parse(['node', 'feidi', ...words])).toThrow()
  return text
}

describe('in a language of brackets', () => {
  it.each(commands.map(pathOf))('%s --help says nothing of its own', (path) => {
    const help = printed([...path.split(' ').slice(1), '--help'])
    expect(help).toContain('⟦')
    expect(outside(help).filter((word) => !NAMES.has(word) && !SYNTAX.test(word))).toEqual([])
  })

  it.each(['uplod', '--nope', '--home', 'upload', 'upload a.txt', 'status too much', 'rules ad'])(
    'the complaint about feidi %s says nothing of its own',
    (words) => {
      const complaint = printed(words.split(' '))
      expect(complaint).toContain('⟦')
      expect(outside(complaint)).toEqual([])
    },
  )
})
