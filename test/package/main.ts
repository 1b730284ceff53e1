/**
 * `npm run package:check`, after a build: packs the app with electron-builder around a stand-in for
 * Electron's distribution, opens the archive again and looks for what is missing in it or should not be. Then
 * packs the command, and installs and tries it.
 * Ends with 1 when it finds something.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wrongFuses } from '#main/desktop/build/set-fuses.ts'
import { commandFaults } from './command-package.ts'
import {
  ENTRIES,
  forbiddenFiles,
  installerFaults,
  linuxFaults,
  listInstallers,
  macFaults,
  missingFiles,
  superfluousCode,
} from './findings.ts'
import { type PackedApp, packApp } from './pack-app.ts'
import { type PackedFile, packedFiles, unpack } from './packed-files.ts'
import { reachedModules } from './reached-modules.ts'
import { report } from './report.ts'
import { makeStandInDistributions } from './stand-in-distribution.ts'

const NOT_DONE =
  'Not done here: Electron itself is not fetched, so nothing was started, signed, or made into an installer.'

async function check(folder: string): Promise<string[]> {
  const [distributions, unpacked] = [join(folder, 'electron'), join(folder, 'unpacked')]
  await makeStandInDistributions(distributions)
  const app = await packApp(distributions, join(folder, 'release'))
  const files = packedFiles(app.archive)
  unpack(app.archive, unpacked)
  print(`\napp.asar: ${report(files)}`)
  print(`\ninstallers: ${listInstallers(app.config).join(', ')}`)
  return [
    ...(await findAll(app, files, unpacked)),
    ...(await commandFaults(join(folder, 'command'))),
  ]
}

async function findAll(
  app: PackedApp,
  files: readonly PackedFile[],
  unpacked: string,
): Promise<string[]> {
  const simple = [
    ...missingFiles(unpacked),
    ...forbiddenFiles(files),
    ...installerFaults(app),
    ...linuxFaults(app, unpacked),
    ...macFaults(app),
    ...(await wrongFuses(app.linuxProgram)),
    ...(app.macProgram === undefined ? [] : await wrongFuses(app.macProgram)),
  ]
  try {
    const reached = await reachedModules(unpacked, ENTRIES)
    return [...simple, ...superfluousCode(files, reached)]
  } catch (error) {
    return [...simple, `an import leads nowhere: ${(error as Error).message}`]
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

const folder = await mkdtemp(join(tmpdir(), 'feidi-package-'))
try {
  const findings = await check(folder)
  print(`\n${NOT_DONE}`)
  for (const finding of findings) process.stderr.write(`✗ ${finding}\n`)
  if (findings.length > 0) process.exitCode = 1
  else print('✓ The package is as it should be.')
} catch (error) {
  process.stderr.write(`✗ ${(error as Error).message}\n`)
  process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
