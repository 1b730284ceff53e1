import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion } from '@electron/fuses'
import { SENTINEL } from '@electron/fuses/dist/constants.js'

const FUSES = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length

/**
 * A folder with the shape of Electron's own distribution for Linux, and nothing that runs: enough for
 * electron-builder to do all of its work around it. The fuses are where it looks for them, all off.
 */
export async function makeStandInDistribution(folder: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true })
  await mkdir(join(folder, 'resources'))
  for (const locale of ['en-US', 'zh-CN', 'fr']) {
    await writeFile(join(folder, 'locales', `${locale}.pak`), '')
  }
  const wire = Buffer.from([Number(FuseVersion.V1), FUSES])
  const off = Buffer.alloc(FUSES, '0')
  await writeFile(join(folder, 'electron'), Buffer.concat([Buffer.from(SENTINEL), wire, off]))
}
