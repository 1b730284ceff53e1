import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createPackage } from '@electron/asar'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { forbiddenFiles, missingFiles, superfluousCode } from './findings.ts'
import { packedFiles, unpack } from './packed-files.ts'
import { reachedModules } from './reached-modules.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feidi-package-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** An app with one package it imports, one it loads late, and one it has no use for. */
const APP: Readonly<Record<string, string>> = {
  'package.json': '{"main":"out/main/shell/main.js","type":"module","dependencies":{"late":"1"}}',
  'out/main/shell/main.js': "import 'used'\nimport 'electron'\nload(\"late\")\n",
  'out/preload/preload.cjs': '',
  'out/renderer/index.html': '<script src="./assets/index.js"></script>',
  'out/renderer/assets/index.js': '',
  'out/icons/app.png': '',
  'out/icons/tray-idle.png': '',
  'node_modules/used/package.json': '{"main":"index.js"}',
  'node_modules/used/index.js': "require('node:fs')",
  'node_modules/late/package.json': '{"main":"index.js"}',
  'node_modules/late/index.js': '',
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
  const reached = await reachedModules(unpacked, 'out/main/shell/main.js')
  expect(missingFiles(unpacked)).toEqual([])
  expect(forbiddenFiles(files)).toEqual([])
  expect(superfluousCode(files, reached)).toEqual([])
})

it('names a package that nothing imports', async () => {
  const { files, unpacked } = await packed({
    ...APP,
    'node_modules/@who/idle/index.js': '',
    'out/main/chunks/idle.js': '',
  })
  const reached = await reachedModules(unpacked, 'out/main/shell/main.js')
  const findings = superfluousCode(files, reached).join('\n')
  expect(findings).toContain('imports out/main/chunks/idle.js:')
  expect(findings).toContain('imports @who/idle:')
  expect(findings).not.toContain('used')
})

it.each(['used', 'late'])('names an import that was left out: %s', async (name) => {
  const without = Object.entries(APP).filter(([path]) => !path.includes(`/${name}/`))
  const { unpacked } = await packed(Object.fromEntries(without))
  await expect(reachedModules(unpacked, 'out/main/shell/main.js')).rejects.toThrow(name)
})

it('names files that have no business in an app', async () => {
  const { files } = await packed({
    ...APP,
    'out/renderer/assets/index.js.map': '',
    'node_modules/used/index.d.ts': '',
    'node_modules/used/test/index.js': '',
    '.env.local': '',
    'notes.txt': '',
  })
  expect(forbiddenFiles(files).sort()).toEqual([
    '.env.local has no business in the app',
    '.env.local is a secret',
    'node_modules/used/index.d.ts is a source',
    'node_modules/used/test/index.js is a test',
    'notes.txt has no business in the app',
    'out/renderer/assets/index.js.map is a source map',
  ])
})

it('names a page, an asset and an entry that are missing', async () => {
  const wanted = /main\.js|assets/
  const without = Object.entries(APP).filter(([path]) => !wanted.test(path))
  const { unpacked } = await packed(Object.fromEntries(without))
  expect(missingFiles(unpacked)).toEqual([
    'out/main/shell/main.js is missing in the app',
    'out/renderer/assets/index.js is missing in the app',
  ])
})
