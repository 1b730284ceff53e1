import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { canInstall, updateInstaller } from '#main/desktop/update-installer.ts'
import type { StandInApp, StandInUpdate } from '#test/desktop/stand-in/app.ts'
import { OUR_SIGNER, StandInUpdater } from '#test/desktop/stand-in/updater.ts'

const EXE = 'C:\\Program Files\\Feidi\\Feidi.exe'
const WINDOWS = { platform: 'win32', env: {}, execPath: EXE } as const
const quiet = { info() {}, warn() {}, error() {}, debug() {} }

function anInstaller(update: Partial<StandInUpdate> = {}, platform: NodeJS.Platform = 'win32') {
  const did: string[] = []
  const app = new EventEmitter()
  const lying = { feed: '', version: '0.2.0', signer: OUR_SIGNER, ...update, did }
  const updater = new StandInUpdater(app as unknown as StandInApp, lying)
  const installer = updateInstaller({
    isSigned: true,
    load: async () => updater,
    signerOf: updater.signerOf,
    exists: () => true,
    process: { ...WINDOWS, platform },
    log: quiet,
    leave: (install) => install(),
  })
  const percents: number[] = []
  const download = (signal = new AbortController().signal) =>
    installer.download('0.2.0', (percent) => percents.push(percent), signal)
  return { app, did, installer, updater, percents, download }
}

describe.each([
  ['signed, on macOS', { ...WINDOWS, platform: 'darwin' }, {}, true],
  ['signed, put there by the installer of Windows', WINDOWS, {}, true],
  ['not signed', WINDOWS, { isSigned: false }, false],
  ['unpacked from a zip', WINDOWS, { exists: () => false }, false],
  ['portable', { ...WINDOWS, env: { PORTABLE_EXECUTABLE_FILE: 'D:\\Feidi.exe' } }, {}, false],
  [
    'a package of Linux, whose signature nothing looks at',
    { ...WINDOWS, platform: 'linux' },
    {},
    false,
  ],
] as const)('a program that is %s', (_how, process, parts, expected) => {
  it(expected ? 'may be replaced' : 'is left to the person', () => {
    expect(canInstall(process, { isSigned: true, exists: () => true, ...parts })).toBe(expected)
  })
})

it('the installer is looked for beside the program', () => {
  const exists = vi.fn<(path: string) => boolean>(() => true)
  canInstall(WINDOWS, { isSigned: true, exists })
  expect(exists).toHaveBeenCalledWith('C:\\Program Files\\Feidi\\Uninstall Feidi.exe')
})

it('downloads what it was asked for, and nothing is installed at the end of a run', async () => {
  const { app, did, percents, download } = anInstaller()
  await download()
  expect(percents).toEqual([40, 100])
  app.emit('quit', {}, 0)
  expect(did).toEqual(['asked as 0'])
})

it.each<[string, Partial<StandInUpdate>, string]>([
  ['signed by others', { signer: 'CN=Others' }, 'update-not-trusted'],
  ['not signed', { signer: '' }, 'update-not-trusted'],
  ['cut off', { fails: 'offline' }, 'update-unreachable'],
  ['another version than was named', { version: '0.3.0' }, 'update-unreachable'],
  ['an older version', { version: '0.0.9' }, 'update-unreachable'],
])('refuses a download that is %s', async (_how, update, code) => {
  const { download, did } = anInstaller(update)
  await expect(download()).rejects.toMatchObject({ code })
  expect(did).toEqual(['asked as 0'])
})

it('refuses a download whose signature cannot be looked at', async () => {
  const { updater, did } = anInstaller()
  const installer = updateInstaller({
    isSigned: true,
    load: async () => updater,
    signerOf: () => Promise.reject(new Error('no PowerShell')),
    exists: () => true,
    process: WINDOWS,
    log: quiet,
    leave: (install) => install(),
  })
  const { signal } = new AbortController()
  await expect(installer.download('0.2.0', () => {}, signal)).rejects.toMatchObject({
    code: 'update-not-trusted',
  })
  expect(did).not.toContain('installs, silent true, starts again true')
})
