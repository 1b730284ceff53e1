import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion } from '@electron/fuses'

const FUSES = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length
/** Marks the fuses in a binary (`SENTINEL` of `@electron/fuses`, which keeps it to itself). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/**
 * Folders with the shape of Electron's own distributions, by Electron's names of the systems, and nothing
 * that runs: enough for electron-builder to do all of its work around it. The fuses are where it looks for
 * them, all off.
 */
export async function makeStandInDistributions(folder: string): Promise<void> {
  await Promise.all([makeLinux(join(folder, 'linux')), makeMac(join(folder, 'darwin'))])
}

async function makeLinux(folder: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true })
  await mkdir(join(folder, 'resources'))
  for (const locale of ['en-US', 'zh-CN', 'fr']) {
    await writeFile(join(folder, 'locales', `${locale}.pak`), '')
  }
  await writeFile(join(folder, 'electron'), fuseWire())
}

async function makeMac(folder: string): Promise<void> {
  const contents = join(folder, 'Electron.app', 'Contents')
  const helper = join(contents, 'Frameworks', 'Electron Helper.app', 'Contents')
  const framework = join(contents, 'Frameworks', 'Electron Framework.framework')
  const languages = ['en.lproj', 'zh_CN.lproj', 'fr.lproj']
  for (const folder of [
    join(contents, 'Resources'),
    join(framework, 'Versions', 'A', 'Resources'),
  ]) {
    for (const language of languages) {
      await mkdir(join(folder, language), { recursive: true })
      await writeFile(join(folder, language, 'locale.pak'), '')
    }
  }
  for (const [part, program] of [
    [contents, 'Electron'],
    [helper, 'Electron Helper'],
  ] as const) {
    await mkdir(join(part, 'MacOS'), { recursive: true })
    await writeFile(join(part, 'MacOS', program), '')
    await writeFile(join(part, 'Info.plist'), '<plist version="1.0"><dict></dict></plist>')
  }
  await writeFile(join(framework, 'Electron Framework'), fuseWire())
}

function fuseWire(): Buffer {
  const header = Buffer.from([Number(FuseVersion.V1), FUSES])
  return Buffer.concat([Buffer.from(SENTINEL), header, Buffer.alloc(FUSES, '0')])
}
