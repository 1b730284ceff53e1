import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { openLog } from '#main/lib/log/open-log.ts'
import { claimHome, homeOwner } from '#main/store/claim-home.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { openTokenVault } from '#main/store/token-vault.ts'
import { Spool } from '#main/web/spool.ts'
import { FEIDI, feidiEnv } from '#test/kit/feidi/feidi-process.ts'
import { makeTempFolder, openTempStores } from './store-kit.ts'

const me = { command: 'feidi watch', startedAtMs: 5, version: '1.2.3' }

describe.skipIf(process.platform === 'win32')('all that a home holds is its owner’s alone', () => {
  it.each([0o000, 0o022])('with umask %o', async (mask) => {
    const before = process.umask(mask)
    onTestFinished(() => void process.umask(before))
    const home = join(makeTempFolder(), 'home')
    await leaveEverything(home)
    const entries = readdirSync(home, { recursive: true, encoding: 'utf8' })
    expect(entries).toEqual(
      expect.arrayContaining(['feidi.db-wal', 'owner.json', 'secret.key', 'logs/feidi.log']),
    )
    expect(entries.filter((name) => name.endsWith('.lock'))).toHaveLength(3)
    expect(entries.filter((name) => (statSync(join(home, name)).mode & 0o077) !== 0)).toEqual([])
  })

  it('also what an earlier version left open to others', async () => {
    const home = join(makeTempFolder(), 'home')
    mkdirSync(join(home, 'logs'), { recursive: true })
    for (const name of ['owner.lock', 'settings.lock']) {
      writeFileSync(join(home, name), '', { mode: 0o666 })
    }
    await leaveEverything(home)
    for (const name of ['owner.lock', 'settings.lock', 'logs']) {
      expect(statSync(join(home, name)).mode & 0o077, name).toBe(0)
    }
  })
})

/** Whatever makes a file in a home has made it. The home stays claimed and open until the test is over. */
async function leaveEverything(home: string): Promise<void> {
  const claim = claimHome(home, me)
  onTestFinished(() => claim.release())
  openTempStores(home)
  openSettings(home).change('x', z.unknown(), () => 1)
  const vault = openTokenVault(home, 'left', keyFileBox(home))
  await vault.write({ accessToken: 'a', lifeMs: 1, askedAtMs: 0, clockOffsetMs: 0, scopes: [] })
  await vault.exclusively(async () => {}, new AbortController().signal)
  openLog(home).scope('host').error('something')
  await new Spool(home, 100).receive(Readable.from(['x']), 'a.txt', new AbortController().signal)
  expect(homeOwner(home)).toMatchObject({ pid: process.pid })
}

// Node's own `mkdir` tries for ever where a folder of /proc says that its parent is missing.
it.runIf(process.platform === 'linux')('a home that can not be made is said at once', () => {
  const env = { HOME: '/proc/x', FEIDI_APP_ID: 'cli_demo', FEIDI_APP_SECRET: 's' }
  const run = spawnSync(
    process.execPath,
    [...FEIDI, '--json', 'upload', import.meta.filename, '--to', 'folder:fldcnTOKEN12345'],
    { env: feidiEnv({ env }), timeout: 30_000, killSignal: 'SIGKILL', encoding: 'utf8' },
  )
  expect(run.status).toBe(2)
  expect(JSON.parse(run.stdout)).toMatchObject({
    error: { code: 'home-unwritable', message: expect.stringContaining('/proc/x') },
  })
})
