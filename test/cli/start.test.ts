import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { FEIDI, feidiEnv } from '#test/kit/feidi/feidi-process.ts'

/** Prints, last of all, which of Node's own modules the process has loaded. */
const TELL_LOADED = `process.on('exit', () => {
  const { writeSync } = require('node:fs')
  writeSync(2, process.moduleLoadList.join('\\n'))
})`

/** Modules that an HTTP client, a web server and the checksum thread cannot do without. */
const HEAVY = ['http', 'https', 'http2', 'tls', 'worker_threads', 'dns']

describe('a command that only asks the home', () => {
  it.each([['--version'], ['--help'], ['status'], ['rules'], ['accounts']])(
    'feidi %s loads neither client nor server',
    async (question) => {
      const folder = mkdtempSync(join(tmpdir(), 'feidi-start-'))
      const teller = join(folder, 'tell-loaded.cjs')
      writeFileSync(teller, TELL_LOADED)
      const args = ['--require', teller, ...FEIDI, question, '--home', join(folder, 'home')]
      const { stderr } = await promisify(execFile)(process.execPath, args, {
        env: feidiEnv({ env: {} }),
      })
      const loaded = stderr.split('\n')
      expect(loaded).toContain('NativeModule fs')
      expect(HEAVY.filter((name) => loaded.includes(`NativeModule ${name}`))).toEqual([])
    },
  )
})
