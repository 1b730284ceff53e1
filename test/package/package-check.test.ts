import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createPackage } from '@electron/asar'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { wrongFuses } from '#main/desktop/build/set-fuses.ts'
import {
  ENTRIES,
  forbiddenFiles,
  linuxFaults,
  macFaults,
  missingFiles,
  superfluousCode,
} from './findings.ts'
import type { PackedApp } from './pack-app.ts'
import { packedFiles, unpack } from './packed-files.ts'
import { reachedModules } from './reached-modules.ts'
import { makeStandInDistributions } from './stand-in-distribution.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feidi-package-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** An app with one chunk that it imports and one that it loads late. */
const APP: Readonly<Record<string, string>> = {
  'package.json': '{"main":"out/main/desktop/main.js","type":"module"}',
  'out/main/desktop/main.js':
    "import '../chunks/used.js'\nimport 'electron'\n__require(\"node:fs\")\n",
  'out/main/desktop/sums-worker.js': '',
  'out/preload/preload.cjs': '',
  'out/renderer/index.html': '<script src="./assets/index.js"></script>',
  'out/renderer/assets/index.js': '',
  'out/icons/app.png': '',
  'out/icons/tray-idle.png': '',
  'out/main/chunks/used.js': "export const late = () => import('./late.js')",
  'out/main/chunks/late.js': '',
}

/** Packs files into an archive and opens it again. */
async function packed(files: Readonly<Record<string, string>>) {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, 'app', path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, content)
  }
  const archive = join(folder, 'app.asar')
  const unpacked = join(folder, 'unpacked')
  await createPackage(join(folder, 'app'), archive)
  unpack(archive, unpacked)
  return { files: packedFiles(archive), unpacked }
}

it('finds nothing in an app that is as it should be', async () => {
  const { files, unpacked } = await packed(APP)
  const reached = await reachedModules(unpacked, ENTRIES)
  expect(missingFiles(unpacked)).toEqual([])
  expect(forbiddenFiles(files)).toEqual([])
  expect(superfluousCode(files, reached)).toEqual([])
})

it('names a chunk that nothing imports', async () => {
  const { files, unpacked } = await packed({ ...APP, 'out/main/chunks/idle.js': '' })
  const reached = await reachedModules(unpacked, ENTRIES)
  expect(superfluousCode(files, reached)).toEqual([
    expect.stringContaining('imports out/main/chunks/idle.js:'),
  ])
})

it.each(['used', 'late'])('names an import that was left out: %s', async (name) => {
  const without = Object.entries(APP).filter(([path]) => !path.includes(`/${name}.`))
  const { unpacked } = await packed(Object.fromEntries(without))
  await expect(reachedModules(unpacked, ENTRIES)).rejects.toThrow(name)
})

it('names a package that was left outside', async () => {
  const { unpacked } = await packed({ ...APP, 'out/main/chunks/late.js': '__require("outside")' })
  await expect(reachedModules(unpacked, ENTRIES)).rejects.toThrow('outside')
})

it('names files that have no business in an app', async () => {
  const { files } = await packed({
    ...APP,
    'out/renderer/assets/index.js.map': '',
    'node_modules/used/index.js': '',
    'out/main/index.d.ts': '',
    'out/main/test/index.js': '',
    '.env.local': '',
    'notes.txt': '',
  })
  expect(forbiddenFiles(files).sort()).toEqual([
    '.env.local has no business in the app',
    '.env.local is a secret',
    'node_modules/used/index.js has no business in the app',
    'notes.txt has no business in the app',
    'out/main/index.d.ts is a source',
    'out/main/test/index.js is a test',
    'out/renderer/assets/index.js.map is a source map',
  ])
})

it('names a page, an asset and an entry that are missing', async () => {
  const wanted = /main\.js|assets/
  const without = Object.entries(APP).filter(([path]) => !wanted.test(path))
  const { unpacked } = await packed(Object.fromEntries(without))
  expect(missingFiles(unpacked)).toEqual([
    'out/main/desktop/main.js is missing in the app',
    'out/renderer/assets/index.js is missing in the app',
  ])
})

it('reads fuses back from an executable, and names those that did not take', async () => {
  await makeStandInDistributions(folder)
  // All of them are off.
  const wrong = ['EnableCookieEncryption', 'EnableEmbeddedAsarIntegrityValidation']
  const more = ['OnlyLoadAppFromAsar', 'WasmTrapHandlers']
  expect(await wrongFuses(join(folder, 'linux', 'electron'))).toEqual(
    [...wrong, ...more].map((name) => `the fuse ${name} is false, not true`),
  )
})

/** A package that fits, as far as Linux and macOS read it before the app runs. */
const PACKED: PackedApp = {
  config: {
    productName: 'Feidi',
    linux: { executableName: 'feidi' },
    mac: {
      identity: '-',
      entitlements: 'main/desktop/build/mac/entitlements.ad-hoc.plist',
      entitlementsInherit: 'main/desktop/build/mac/entitlements.ad-hoc.plist',
    },
  },
  archive: '',
  linuxProgram: '',
  macProgram: undefined,
  buildResources: '',
  installers: [
    {
      desktopEntry: 'Name[zh_CN]=飞递\nExec=/opt/Feidi/feidi %U\nStartupWMClass=a.Feidi\n',
      desktopFile: 'a.Feidi.desktop',
      placed: [],
    },
  ],
}

it('names an entry that desktops would misunderstand', async () => {
  const manifest = '{"main":"main.js","desktopName":"a.Feidi.desktop"}'
  const { unpacked } = await packed({ ...APP, 'package.json': manifest })
  const [installer] = PACKED.installers
  const faults = (from: string, to: string) => {
    const desktopEntry = `${installer?.desktopEntry}`.replace(from, to)
    const installers = [{ desktopFile: 'a.Feidi.desktop', placed: [], desktopEntry }]
    return linuxFaults({ ...PACKED, installers }, unpacked)
  }
  expect(faults('', '')).toEqual([])
  expect(faults('=a.Feidi', '=Feidi')).toEqual(['no StartupWMClass=a.Feidi'])
  expect(faults('%U', '--no-sandbox %U')).toEqual(['the desktop starts it without sandbox'])
  expect(faults('Exec', 'MimeType=inode/directory;\nExec')).toEqual([
    'the desktop entry claims files',
  ])
})

it('names what the Dock would refuse, and rights that do not fit the signature', async () => {
  const macProgram = join(folder, 'Feidi.app')
  await mkdir(join(macProgram, 'Contents'), { recursive: true })
  const info = '<string>public.data</string><key>NSDesktopFolderUsageDescription</key>'
  await writeFile(join(macProgram, 'Contents', 'Info.plist'), info)
  expect(macFaults({ ...PACKED, macProgram })).toEqual([
    expect.stringContaining('the Dock refuses public.folder'),
    expect.stringContaining('NSDesktopFolderUsageDescription is not in Chinese'),
  ])
  const config = { ...PACKED.config, mac: { ...PACKED.config.mac, identity: '' } }
  expect(macFaults({ ...PACKED, config })).toHaveLength(2)
})
