/** The possible faults of a package; each rule returns its findings, in a sentence. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import type { Configuration } from 'electron-builder'
import type { PackedApp } from './pack-app.ts'
import type { PackedFile } from './packed-files.ts'

const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'a source': /\.[cm]?tsx?$/,
  'a test': /(^|\/)(__tests__|tests?)\/|\.test\.[cm]?js$/,
  'a source map': /\.map$/,
  'a secret': /(^|\/)\.env(\.|$)|\.(pem|key|p12|pfx)$/,
  'the command line': /^out\/cli\//,
  'an installer icon': /\.(icns|ico)$/,
}
/** The places of all our files. */
const OURS = /^(package\.json$|out\/(main|preload|renderer|icons)\/)/

/** The files started by path: the app, and the thread that computes checksums of sent data. */
export const ENTRIES = ['out/main/desktop/main.js', 'out/main/desktop/sums-worker.js']

const ICONS = ['icon.icns', 'icon.ico', 'icons/16x16.png', 'icons/512x512.png']
const SYSTEMS = ['win', 'mac', 'linux'] as const

export function forbiddenFiles(files: readonly PackedFile[]): string[] {
  const named = Object.entries(FORBIDDEN).flatMap(([what, pattern]) =>
    files.filter(({ path }) => pattern.test(path)).map(({ path }) => `${path} is ${what}`),
  )
  const strays = files.filter(({ path }) => !OURS.test(path))
  return [...named, ...strays.map(({ path }) => `${path} has no business in the app`)]
}

/** Chunks of ours that are packed although nothing imports them. */
export function superfluousCode(
  files: readonly PackedFile[],
  reached: readonly string[],
): string[] {
  return files
    .filter(({ path }) => path.startsWith('out/main/'))
    .filter(({ path }) => !reached.some((module) => module.endsWith(path)))
    .map(({ path }) => `nothing in the app imports ${path}: leave it out in \`files\``)
}

/**
 * Returns the missing files among those started and those they open by path: the preload script,
 * the page and its assets, the icons.
 */
export function missingFiles(unpacked: string): string[] {
  const { main } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as {
    main: string
  }
  const page = join(unpacked, 'out/renderer/index.html')
  const html = existsSync(page) ? readFileSync(page, 'utf8') : ''
  const assets = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => path ?? '')
  const wanted = [
    ...new Set([main, ...ENTRIES]),
    'out/preload/preload.cjs',
    'out/renderer/index.html',
    'out/icons/app.png',
    'out/icons/tray-idle.png',
    ...assets.map((path) => `out/renderer/${path}`),
  ]
  const missing = wanted.filter((path) => !existsSync(join(unpacked, path)))
  return missing.map((path) => `${path} is missing in the app`)
}

/** Every fuse is decided on, and what was decided is what the executable has. */
export async function fuseFaults({ config, executable }: PackedApp): Promise<string[]> {
  const wire = await getCurrentFuseWire(executable)
  return Object.entries(FuseV1Options)
    .filter(([, index]) => typeof index === 'number')
    .flatMap(([name, index]) => {
      const key = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
      const wanted = config.electronFuses?.[key as keyof typeof config.electronFuses]
      if (typeof wanted !== 'boolean') return [`electronFuses does not decide on ${key}`]
      const state = wire[index as FuseV1Options]
      const is = state !== undefined && String.fromCharCode(state) === '1'
      return is === wanted ? [] : [`the fuse ${key} is ${is}, not ${wanted}`]
    })
}

/** Checks whether every installer can be made without asking a person for a missing item. */
export function installerFaults({ config, buildResources }: PackedApp): string[] {
  const faults = ICONS.filter((icon) => !existsSync(join(buildResources, icon))).map(
    (icon) => `${join(buildResources, icon)} was not rendered`,
  )
  const entitlements = config.mac?.entitlements
  if (typeof entitlements !== 'string' || !existsSync(entitlements)) {
    faults.push('mac.entitlements names no file')
  }
  const installers = listInstallers(config)
  for (const system of SYSTEMS) {
    for (const arch of ['x64', 'arm64']) {
      const has = installers.some((line) => line.startsWith(system) && line.endsWith(arch))
      if (!has) faults.push(`no installer for ${system} ${arch}`)
    }
  }
  return faults
}

/** "linux deb arm64" and so on: what `npm run package` makes, each on its own system. */
export function listInstallers(config: Configuration): string[] {
  return SYSTEMS.flatMap((system) =>
    [config[system]?.target ?? []].flat().flatMap((target) => {
      const { target: name, arch } = typeof target === 'string' ? { target, arch: [] } : target
      return [arch ?? []].flat().map((one) => `${system} ${name} ${one}`)
    }),
  )
}
