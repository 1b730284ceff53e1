import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('the specs do not pretend to have run where there is no Electron', (test) => {
  const empty = mkdtempSync(join(tmpdir(), 'feidi-no-electron-'))
  test.onTestFinished(() => rmSync(empty, { recursive: true, force: true }))
  const program = fileURLToPath(new URL('./run-on-electron.ts', import.meta.url))
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: empty }
  const { status, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' })
  expect(status).toBe(69)
  expect(stderr).toContain('did NOT run')
  expect(stderr).toContain(join(empty, 'electron'))
  expect(stderr).toContain('ELECTRON_MIRROR=')
})
