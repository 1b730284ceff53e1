import { globSync, readFileSync } from 'node:fs'
import { type JSXAttribute, parseSync } from '@swc/core'
import { describe, expect, it } from 'vitest'

/** A text in the source, and what it stands in. */
interface Literal {
  readonly text: string
  readonly isJsx: boolean
  /** The names of the JSX attributes and the calls around it, outermost first. */
  readonly around: readonly string[]
}

/** Tells of a Node that is too old to load the tables. */
const BEFORE_THE_TABLES = 'main/cli/feidi.ts'
/** Spells single characters: no text for people. */
const PINYIN = 'renderer/app/pinyin.ts'

const HAN = /\p{Script=Han}/u
/** Two words in a row, or one that begins a sentence. */
const PROSE = /(^|[^\p{L}:.])\p{L}{2,}[,:]? \p{L}{2,}(?![\p{L}:])|^\s*\p{Lu}\p{Ll}+[\s.!?…]*$/u
/** Begins with a capital and has several words. */
const SENTENCE = /^\s*\p{Lu}\p{Ll}[\p{L}’']*(?:,? [\p{L}\d’'-]+)+[\s.!?:…]*$/u
const READ_ALOUD = /^@(aria-label|aria-description|title|placeholder|alt)$/
/** Commands that a person may type, and names that Feishu uses in every language. */
const SAME_IN_ALL_LANGUAGES = /^feidi [a-z ]+$|^App Secret$/
/** Texts for developers (faults of ours, the log, the diagnostics), and names of keys. */
const NOT_SHOWN = /^(new Error|error|section|@aria-keyshortcuts)$/

const sources = globSync('{main,renderer,shared}/**/*.{ts,tsx}').filter(
  (path) =>
    !/^(shared\/text|main\/dev)\//.test(path) && path !== BEFORE_THE_TABLES && path !== PINYIN,
)

/** Lists the literals of the sources that match, as `path: text`. */
function strays(paths: readonly string[], isStray: (literal: Literal) => boolean): string[] {
  return paths.flatMap((path) =>
    literalsOf(path)
      .filter(isStray)
      .map(({ text }) => `${path}: ${text.trim()}`),
  )
}

function literalsOf(path: string): Literal[] {
  const found: Literal[] = []
  const visit = (value: unknown, around: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return
    const node = value as Node
    const text = textOf(node)
    if (text !== undefined) found.push({ text, isJsx: node.type === 'JSXText', around })
    if (node.type === 'ImportDeclaration') return
    const name = nameOf(node)
    const inside = name === undefined ? around : [...around, name]
    for (const child of Object.values(node)) visit(child, inside)
  }
  const source = readFileSync(path, 'utf8')
  visit(parseSync(source, { syntax: 'typescript', tsx: path.endsWith('x') }).body, [])
  return found
}

interface Node {
  readonly type?: string
  readonly [key: string]: unknown
}

function textOf(node: Node): string | undefined {
  if (node.type === 'StringLiteral' || node.type === 'JSXText') return String(node['value'])
  return node.type === 'TemplateElement' ? String(node['raw']) : undefined
}

/** Returns `@title` of an attribute, `log` of a call or of a method, `new Error` of a construction. */
function nameOf(node: Node): string | undefined {
  if (node.type === 'JSXAttribute') {
    const { name } = node as unknown as JSXAttribute
    return name.type === 'Identifier' ? `@${name.value}` : undefined
  }
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined
  const callee = node['callee'] as Node
  // `log?.error()` keeps what it calls one level deeper.
  const member = (callee['base'] ?? callee) as Node
  const called = String(member['value'] ?? (member['property'] as Node | undefined)?.['value'])
  return node.type === 'NewExpression' ? `new ${called}` : called
}

describe('outside the tables of texts', () => {
  it('stands no Chinese', () => {
    const suspects = sources.filter((path) => HAN.test(readFileSync(path, 'utf8')))
    expect(strays(suspects, ({ text }) => HAN.test(text))).toEqual([])
  })

  it('stands no English in the elements of the page, nor in what is read aloud', () => {
    const pages = sources.filter((path) => path.endsWith('.tsx'))
    const isShown = ({ isJsx, around, text }: Literal) =>
      isJsx ? /\p{L}{2}/u.test(text) : READ_ALOUD.test(around.at(-1) ?? '') && PROSE.test(text)
    expect(strays(pages, isShown)).toEqual([])
  })

  it('stands no English in the command', () => {
    const command = sources.filter((path) => path.startsWith('main/cli/'))
    const isShown = ({ text, around }: Literal) =>
      PROSE.test(text) &&
      !SAME_IN_ALL_LANGUAGES.test(text) &&
      !around.some((name) => NOT_SHOWN.test(name))
    expect(strays(command, isShown)).toEqual([])
  })

  it('stands no English that the pages, the window or the application put together', () => {
    const others = sources.filter((path) =>
      /^(renderer|shared|main\/(app|desktop|web))\//.test(path),
    )
    const isShown = ({ text, around }: Literal) =>
      SENTENCE.test(text) &&
      !SAME_IN_ALL_LANGUAGES.test(text) &&
      !around.some((name) => NOT_SHOWN.test(name))
    expect(strays(others, isShown)).toEqual([])
  })
})
