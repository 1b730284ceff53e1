import { join } from 'node:path'
import { Arch, type Configuration, Packager, Platform } from 'electron-builder'

export interface PackedApp {
  /** The configuration as electron-builder reads it, defaults and all. */
  readonly config: Configuration
  readonly archive: string
  readonly executable: string
  /** The folder where it looks for icons. */
  readonly buildResources: string
}

/**
 * Packs the build with electron-builder itself, up to where an installer would be made of it.
 * @param distribution - taken instead of Electron's own
 * @param output - gets the unpacked app
 * @throws Error of electron-builder, above all when the configuration does not fit its schema
 */
export async function packApp(distribution: string, output: string): Promise<PackedApp> {
  const packager = new Packager({
    projectDir: process.cwd(),
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    config: { electronDist: distribution, directories: { output } },
  })
  await packager.build()
  const folder = join(output, 'linux-unpacked')
  const { config } = packager
  return {
    config,
    archive: join(folder, 'resources', 'app.asar'),
    executable: join(folder, config.executableName ?? ''),
    buildResources: config.directories?.buildResources ?? 'build',
  }
}
