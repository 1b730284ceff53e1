/** The possible faults of a package; each rule returns its findings, in a sentence. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** The places of the menus of file managers. */
const FILE_MANAGERS = /=\/usr\/share\/(kio|nemo|nautilus-python)\//

/** The files started by path: the app, and the thread that computes checksums of sent data. */
export const ENTRIES = ['out/main/desktop/main.js', 'out/main/desktop/sums-worker.js']

const ICONS = ['icon.icns', 'icon.ico', 'icons/16x16.png', 'icons/512x512.png']
const SYSTEMS = ['win', 'mac', 'linux'] as const
const INSTALLERS = [
  ...['win nsis', 'win portable', 'win zip', 'mac dmg', 'mac zip'],
  ...['linux AppImage', 'linux deb', 'linux rpm'],
]

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
  const { main } = manifestOf(unpacked)
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

/** Returns the part of package.json that Electron reads before it runs the app. */
function manifestOf(unpacked: string) {
  const text = readFileSync(join(unpacked, 'package.json'), 'utf8')
  return JSON.parse(text) as { readonly main: string; readonly desktopName?: string }
}

/** Checks whether every installer can be made without asking a person for a missing item. */
export function installerFaults({ config, buildResources }: PackedApp): string[] {
  const made = listInstallers(config)
  const wanted = INSTALLERS.flatMap((kind) => ['x64', 'arm64'].map((arch) => `${kind} ${arch}`))
  const programs = [config.nsis, config.portable].map((kind) => kind?.artifactName)
  return [
    ...ICONS.map((icon) => join(buildResources, icon))
      .filter((icon) => !existsSync(icon))
      .map((icon) => `${icon} was not rendered`),
    ...wanted.filter((one) => !made.includes(one)).map((one) => `no installer ${one}`),
    ...(new Set(programs).size < 2 ? ['the installer and the portable app have one name'] : []),
    ...(existsSync(`${config.nsis?.include}`) ? [] : ['nsis.include names no file']),
    ...((config.toolsets?.appimage ?? '0.0.0') === '0.0.0' ? ['the AppImage needs FUSE 2'] : []),
  ]
}

/**
 * Checks the app's own entry, by which desktops know its windows, and the menus of file managers. The entry
 * claims no files, or a desktop could open folders with Feidi.
 */
export function linuxFaults(app: PackedApp, unpacked: string): string[] {
  const { desktopName = '' } = manifestOf(unpacked)
  const id = desktopName.replace(/\.desktop$/, '')
  const program = `/opt/${app.config.productName}/${app.config.linux?.executableName}`
  return app.installers.flatMap(({ desktopEntry, desktopFile, placed }) => {
    const menus = placed.filter((each) => FILE_MANAGERS.test(each))
    return [
      ...(desktopFile === desktopName ? [] : [`the entry is ${desktopFile}, not ${desktopName}`]),
      ...(placed.length === 0 || menus.length === 3 ? [] : ['a menu of a file manager is missing']),
      ...(desktopEntry.includes(`\nStartupWMClass=${id}\n`) ? [] : [`no StartupWMClass=${id}`]),
      ...(desktopEntry.includes('--no-sandbox') ? ['the desktop starts it without sandbox'] : []),
      ...(/^MimeType=/m.test(desktopEntry) ? ['the desktop entry claims files'] : []),
      ...(/^Name\[zh_CN\]=/m.test(desktopEntry) ? [] : ['the desktop entry has no Chinese']),
      ...menus
        .map((each) => each.slice(0, each.indexOf('=')))
        .filter((file) => !readFileSync(file, 'utf8').includes(program))
        .map((file) => `${file} does not start ${program}`),
    ]
  })
}

/** Checks Info.plist, its Chinese part, and the entitlements. */
export function macFaults({ config, macProgram }: PackedApp): string[] {
  if (macProgram === undefined) return signingFaults(config)
  const contents = join(macProgram, 'Contents')
  const info = readFileSync(join(contents, 'Info.plist'), 'utf8')
  const chinese = join(contents, 'Resources', 'zh_CN.lproj', 'InfoPlist.strings')
  const strings = existsSync(chinese) ? readFileSync(chinese, 'utf8') : ''
  const reasons = [...info.matchAll(/<key>(NS\w+UsageDescription)<\/key>/g)].map(([, key]) => key)
  const types = ['public.data', 'public.folder']
  return [
    ...types
      .filter((type) => !info.includes(`<string>${type}</string>`))
      .map((type) => `the Dock refuses ${type}: CFBundleDocumentTypes does not name it`),
    ...(reasons.length === 0 ? ['Info.plist gives no reason for reading folders'] : []),
    ...reasons
      .filter((key) => !strings.includes(`<key>${key}</key>`))
      .map((key) => `${key} is not in Chinese in ${chinese}`),
    ...signingFaults(config),
  ]
}

/** Without a certificate the hardened runtime loads Electron's framework only with this right. */
function signingFaults({ mac }: Configuration): string[] {
  return [mac?.entitlements, mac?.entitlementsInherit].flatMap((file) => {
    if (typeof file !== 'string' || !existsSync(file)) return ['mac.entitlements names no file']
    const rights = readFileSync(file, 'utf8')
    const isAdHoc = mac?.identity === '-'
    const isLax = rights.includes('com.apple.security.cs.disable-library-validation')
    if (!rights.includes('com.apple.security.cs.allow-jit')) return [`${file} allows no JIT`]
    if (isAdHoc === isLax) return []
    return [`library validation in ${file} does not fit the identity ${mac?.identity}`]
  })
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
