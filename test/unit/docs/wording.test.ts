import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** A statement begins with its subject; a comment of a function with its verb. */
const OPENING =
  /^(What|How|Who|Whose|Whoever|Whom|Whether|Where|Why|Somebody|Something|Everything|Nobody|Nothing|Everybody)\b/

/** Words with a plainer one: again, anyone, continues or resumes, no one, a person. */
const WORDS = /\b(anew|whoever|goes on|go on|somebody|nobody|everybody)\b/i

const COMMENT = /\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*(?:\n[ \t]*\/\/.*)*)|(?<=\S)[ \t]+\/\/ .*/gm
const MARKS = /^\s*(\/\*\*?|\*\/|\*|\/\/)\s?|\*\/$/gm
const SENTENCE_END = /(?<=[.!?:])\s+|\n\s*\n|\n(?=[A-Z])/

const SOURCES = globSync('{main,renderer,shared,test}/**/*.{ts,tsx,css}')
const DOCS = globSync(['*.md', 'docs/**/*.md']).filter((file) => !file.includes('.zh-CN.'))

/** Returns the sentences that break the rules; a question may open as questions do. */
function faults(text: string): string[] {
  return text
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter((it) => (OPENING.test(it) && !it.endsWith('?')) || WORDS.test(it))
}

function commentsOf(file: string): string[] {
  return (readFileSync(file, 'utf8').match(COMMENT) ?? []).map((it) => it.replaceAll(MARKS, ''))
}

/** Returns prose without code, headings and list marks. */
function proseOf(file: string): string {
  return readFileSync(file, 'utf8')
    .replaceAll(/```[\s\S]*?```/g, '')
    .replaceAll(/`[^`\n]*`/g, 'code')
    .replaceAll(/^#.*/gm, '')
    .replaceAll(/^\s*([-*>|]+|\d+\.)\s*/gm, '\n\n')
}

describe('plain English', () => {
  it('is written in comments', () => {
    const found = SOURCES.flatMap((file) =>
      commentsOf(file).flatMap((comment) => faults(comment).map((it) => `${file}: ${it}`)),
    )
    expect(found).toEqual([])
  })

  it.each(DOCS)('is written in %s', (file) => {
    expect(faults(proseOf(file))).toEqual([])
  })
})
