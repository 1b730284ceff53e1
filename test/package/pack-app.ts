import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Arch, type Configuration, Packager, Platform } from 'electron-builder'
import { pathOfApp } from '#main/desktop/build/set-fuses.ts'

export interface PackedApp {
  /** The configuration as electron-builder reads it, defaults and all. */
  readonly config: Configuration
  readonly archive: string
  readonly linuxProgram: string
  /** The bundle. On macOS and Windows electron-builder cannot make one of a stand-in. */
  readonly macProgram: string | undefined
  /** The folder where it looks for icons. */
  readonly buildResources: string
  readonly installers: readonly Installer[]
}

/** The input of a tool that makes an installer for Linux. */
interface Installer {
  /** The entry for desktops, and the name of its file. */
  readonly desktopEntry: string
  readonly desktopFile: string
  /** Files beside the app itself, as "file here=place on the machine". */
  readonly placed: readonly string[]
}

/**
 * Packs the build with electron-builder itself, up to where a tool makes an installer of it.
 * @param distributions - has a folder for each system, taken instead of Electron's own
 * @param output - gets the unpacked app
 * @throws Error of electron-builder, above all when the configuration does not fit its schema
 */
export async function packApp(distributions: string, output: string): Promise<PackedApp> {
  const installers: Installer[] = []
  const withMac = process.platform === 'linux'
  const packager = new Packager({
    projectDir: process.cwd(),
    targets: new Map([
      ...Platform.LINUX.createTarget(['AppImage', 'deb', 'rpm'], Arch.x64),
      ...(withMac ? Platform.MAC.createTarget('dir', Arch.arm64) : []),
    ]),
    config: {
      electronDist: ({ platformName }: { platformName: string }) =>
        join(distributions, platformName),
      directories: { output },
    },
    // Called with the input of a tool that makes an installer; "true" ends the work there.
    effectiveOptionComputed: (options) =>
      Promise.resolve(installers.push(readInstaller(options)) > 0),
  })
  await packager.build()
  const { config } = packager
  const linux = join(output, 'linux-unpacked')
  return {
    config,
    archive: join(linux, 'resources', 'app.asar'),
    linuxProgram: pathOfApp(linux, 'linux', '', config.linux?.executableName ?? ''),
    macProgram: withMac
      ? pathOfApp(join(output, 'mac-arm64'), 'darwin', config.productName ?? '', '')
      : undefined,
    buildResources: config.directories?.buildResources ?? 'build',
    installers,
  }
}

/** For an AppImage electron-builder has an object; for deb and rpm the arguments of fpm and the entry's file. */
type Options = { readonly desktop: string; readonly desktopFileName: string } | [string[], string]

function readInstaller(options: Options): Installer {
  if (!Array.isArray(options)) {
    return { desktopEntry: options.desktop, desktopFile: options.desktopFileName, placed: [] }
  }
  const [args, file] = options
  const placed = args.filter((arg) => arg.includes('=/'))
  const place = placed.find((arg) => arg.includes('=/usr/share/applications/')) ?? ''
  return { desktopEntry: readFileSync(file, 'utf8'), desktopFile: basename(place), placed }
}
