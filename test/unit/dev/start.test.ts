import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../../main/dev/start/main.ts', import.meta.url))

it.each([
  { lang: 'en_US.UTF-8', words: 'could not be downloaded' },
  { lang: 'zh_CN.UTF-8', words: '无法获取 Electron' },
])('says how to go on where Electron can not be fetched: $lang', async ({ lang, words }) => {
  const empty = await mkdtemp(join(tmpdir(), 'feidi-start-'))
  try {
    const start = spawn(process.execPath, [PROGRAM], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        LANG: lang,
        // As if it had never been fetched, on a machine whose way to it is closed.
        ELECTRON_OVERRIDE_DIST_PATH: empty,
        electron_config_cache: empty,
        ELECTRON_MIRROR: 'http://127.0.0.1:9/',
      },
    })
    const [said, [code]] = await Promise.all([text(start.stderr), once(start, 'exit')])
    expect(code).toBe(69)
    expect(said).toContain(words)
    expect(said).toContain('ELECTRON_MIRROR=https://npmmirror.com/mirrors/electron/')
    expect(said).toContain('npm run start:web')
    expect(said).toMatch(/fetch failed|ECONNREFUSED/)
  } finally {
    await rm(empty, { recursive: true, force: true })
  }
})
