import { describe, expect, it } from 'vitest'
import { runElectron } from '#main/dev/start/run-electron.ts'
import { type LinuxRules, sandboxTrouble } from '#main/dev/start/sandbox.ts'

const ELECTRON = '/work/node_modules/electron/dist/electron'

/** Linux with these files below /proc, as a person without rights sees it. */
function linux(files: Readonly<Record<string, string>>, more: Partial<LinuxRules> = {}) {
  return { uid: 1000, read: (file: string) => files[file], isSetuidRoot: () => false, ...more }
}

const UBUNTU_24 = { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1' }
const OLD_DEBIAN = { '/proc/sys/kernel/unprivileged_userns_clone': '0' }

describe('the sandbox of Electron on Linux', () => {
  it.each([
    ['a system that allows user namespaces', linux({}), undefined],
    ['Ubuntu 24.04', linux(UBUNTU_24), 'noSandbox'],
    ['an older Debian', linux(OLD_DEBIAN), 'noSandbox'],
    ['Ubuntu, with the helper set up', linux(UBUNTU_24, { isSetuidRoot: () => true }), undefined],
    ['root', linux({}, { uid: 0 }), 'asRoot'],
  ] as const)('on %s', (_system, rules, trouble) => {
    expect(sandboxTrouble(ELECTRON, [], rules)).toBe(trouble)
    expect(sandboxTrouble(ELECTRON, ['--no-sandbox'], rules)).toBeUndefined()
  })

  it('looks at the helper beside Electron', () => {
    const asked: string[] = []
    const isSetuidRoot = (file: string) => asked.push(file) === 1
    expect(sandboxTrouble(ELECTRON, [], linux(UBUNTU_24, { isSetuidRoot }))).toBeUndefined()
    expect(asked).toEqual(['/work/node_modules/electron/dist/chrome-sandbox'])
  })
})

it('ends as the app ended, and says so when it crashed', async (test) => {
  const said: string[] = []
  const write = process.stderr.write
  process.stderr.write = (text) => said.push(String(text)) > 0
  test.onTestFinished(() => {
    process.stderr.write = write
  })
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '' }
  const run = (code: string) => runElectron(process.execPath, ['-e', code], env)
  expect(await run('process.exit(7)')).toBe(7)
  expect(said).toEqual([])
  expect(await run("process.kill(process.pid, 'SIGTRAP')")).toBe(128 + 5)
  expect(said.join()).toContain('SIGTRAP')
})
