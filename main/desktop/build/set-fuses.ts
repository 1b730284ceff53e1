/** Build step, run by electron-builder before it signs: sets the fuses of Electron, all of them. */
import { join } from 'node:path'
import {
  FuseState,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'

/** The app's own code is all that runs in it, unchanged. */
export const FUSES = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Undici parses HTTP in WebAssembly; without them each of its memory accesses is checked.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies Record<FuseV1Options, boolean>

/** Returns the path that `@electron/fuses` takes for an unpacked app: its executable, or the bundle on macOS. */
export function pathOfApp(folder: string, system: string, product: string, name: string): string {
  if (system === 'linux') return join(folder, name)
  return join(folder, system === 'win32' ? `${product}.exe` : `${product}.app`)
}

/** Reads the fuses back from an app and names those that differ from the decision. */
export async function wrongFuses(program: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(program)
  return Object.entries(FUSES).flatMap(([key, wanted]) => {
    const index: FuseV1Options = Number(key)
    const is = wire[index] === FuseState.ENABLE
    return is === wanted ? [] : [`the fuse ${FuseV1Options[index]} is ${is}, not ${wanted}`]
  })
}

/** @throws Error when this Electron has a fuse that is not decided here, or one did not take */
export async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, electronPlatformName, packager } = context
  const product = packager.appInfo.productFilename
  const name = packager.config.linux?.executableName ?? product
  const program = pathOfApp(appOutDir, electronPlatformName, product, name)
  await flipFuses(program, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // The change breaks Electron's own signature. electron-builder makes a new one, but none for pull requests.
    resetAdHocDarwinSignature: electronPlatformName === 'darwin' && process.platform === 'darwin',
    ...FUSES,
  })
  const wrong = await wrongFuses(program)
  if (wrong.length > 0) throw new Error(wrong.join('; '))
}
