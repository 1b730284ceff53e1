import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const FILES = globSync('.github/{workflows,actions}/**/*.yml')

describe.each(FILES)('%s', (file) => {
  const text = readFileSync(file, 'utf8')

  it('names every action by its commit, and its version for people', () => {
    const uses = [...text.matchAll(/uses: (.+)/g)].map(([, name]) => name ?? '')
    const foreign = uses.filter((name) => !name.startsWith('./'))
    expect(foreign.filter((name) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(name))).toEqual(
      [],
    )
  })

  it.runIf(/^ {2}pull_request/m.test(text))(
    'gives code of strangers neither secrets nor rights',
    () => {
      expect(text).not.toContain('pull_request_target')
      expect(text).not.toMatch(/secrets\.|: write/)
      expect(text).toContain('\npermissions:\n  contents: read\n')
    },
  )

  it('puts nothing of an event into a script', () => {
    const scripts = text.split(/^\s*(?:- )?run: /m).slice(1)
    const own = scripts.map((script) => script.split(/\n {4,8}(?:- |\w+:)/)[0] ?? '')
    expect(own.filter((script) => script.includes('${{'))).toEqual([])
  })
})
