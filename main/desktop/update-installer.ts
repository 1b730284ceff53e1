/** Downloads and installs a newer version with electron-updater, where a signature proves whose it is (decision 0054). */
import { existsSync } from 'node:fs'
import { win32 } from 'node:path'
import type { AppUpdater } from 'electron-updater'
import type { UpdateInstaller } from '#main/app/updates/installation.ts'
import { askPowerShell } from '#main/lib/ask-powershell.ts'
import type { ScopedLog } from '#main/lib/log/log.ts'
import { asTransferError, TransferError } from '#shared/errors/transfer-error.ts'
import type { ShellProcess } from './electron-parts.ts'

/** The part of electron-updater that is used. */
export type ShellUpdater = Pick<
  AppUpdater,
  | 'allowDowngrade'
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'checkForUpdates'
  | 'disableDifferentialDownload'
  | 'disableWebInstaller'
  | 'downloadUpdate'
  | 'logger'
  | 'on'
  | 'quitAndInstall'
  | 'requestHeaders'
>

export interface UpdateParts {
  /** The build was signed with a certificate; compiled in. */
  readonly isSigned: boolean
  /** Loads electron-updater, which nothing needs until a person wants a new version. */
  readonly load: () => Promise<ShellUpdater>
  /** The subject of the certificate that a program of Windows is signed with; empty: no valid signature. */
  readonly signerOf: (path: string) => Promise<string>
  /** Checks whether a file exists. */
  readonly exists: (path: string) => boolean
}

export interface UpdateInstallerOptions extends UpdateParts {
  readonly process: Pick<ShellProcess, 'env' | 'execPath' | 'platform'>
  readonly log: ScopedLog
  /** Comes to rest and then calls `install`, which ends the process; `goBack` starts this version again. */
  readonly leave: (install: () => void, goBack: (onFailure: () => void) => void) => void
}

const SIGNER_LIMIT_MS = 60_000
/** After this time an installer that has not ended us does not come. */
const INSTALL_LIMIT_MS = 120_000

const SIGNER_SCRIPT =
  "$s = Get-AuthenticodeSignature -LiteralPath $env:FEIDI_FILE; if ($s.Status -eq 'Valid') { [Console]::Out.Write($s.SignerCertificate.Subject) }"

/** Returns the subject of the certificate that a program is signed with; empty: there is no valid signature. */
async function signerOf(path: string): Promise<string> {
  return (await askPowerShell(SIGNER_SCRIPT, { FEIDI_FILE: path }, SIGNER_LIMIT_MS)).trim()
}

/**
 * Tells whether this program can be replaced safely. macOS compares the signatures itself, and on Windows we do. Packages
 * of Linux have none that electron-updater looks at, and a portable program has no installer.
 */
export function canInstall(
  { platform, env, execPath }: UpdateInstallerOptions['process'],
  { isSigned, exists }: Pick<UpdateParts, 'isSigned' | 'exists'>,
): boolean {
  if (!isSigned) return false
  if (platform === 'darwin') return true
  if (platform !== 'win32' || env['PORTABLE_EXECUTABLE_FILE'] !== undefined) return false
  // The installer puts it there; a folder that was unpacked has none.
  return exists(win32.join(win32.dirname(execPath), 'Uninstall Feidi.exe'))
}

/** Returns the parts as they are outside of tests. */
export function realUpdateParts(isSigned: boolean): UpdateParts {
  return {
    isSigned,
    load: async () => (await import('electron-updater')).default.autoUpdater,
    signerOf,
    exists: existsSync,
  }
}

export function updateInstaller(options: UpdateInstallerOptions): UpdateInstaller {
  const { process, log } = options
  let loaded: ShellUpdater | undefined
  let tell: (percent: number) => void = () => {}
  const load = async () => {
    if (loaded !== undefined) return loaded
    loaded = setUp(await options.load(), log)
    loaded.on('download-progress', ({ percent }) => tell(Math.min(100, Math.max(0, percent))))
    return loaded
  }
  return {
    async download(version, onPercent, signal) {
      try {
        const updater = await load()
        tell = onPercent
        const files = await fetchVersion(updater, version, signal)
        if (process.platform === 'win32') await demandOurs(files, options)
      } catch (cause) {
        if (cause instanceof TransferError) throw cause
        const { code } = cause as NodeJS.ErrnoException
        const name = code === 'ERR_UPDATER_INVALID_SIGNATURE' ? 'update-not-trusted' : UNREACHABLE
        throw new TransferError(name, { ...(typeof code === 'string' && { detail: code }), cause })
      }
    },
    install() {
      const updater = loaded
      if (updater === undefined) return
      options.leave(
        // Without questions of the installer, and started again after it.
        () => updater.quitAndInstall(true, true),
        (onFailure) => {
          updater.on('error', onFailure)
          setTimeout(onFailure, INSTALL_LIMIT_MS).unref()
        },
      )
    },
  }
}

const UNREACHABLE = 'update-unreachable'

function setUp(updater: ShellUpdater, log: ScopedLog): ShellUpdater {
  const note = (level: 'info' | 'warn' | 'error') => (message?: unknown) =>
    log[level]('updater', { private: { message: String(message) } })
  updater.logger = { info: note('info'), warn: note('warn'), error: note('error') }
  updater.autoDownload = false
  // An installation at the end of a session that is closing may be cut off half way.
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.disableWebInstaller = true
  updater.disableDifferentialDownload = true
  // It would send an id of this computer otherwise.
  updater.requestHeaders = { 'x-user-staging-id': '0', 'user-agent': 'feidi' }
  return updater
}

/** @returns the files that were downloaded */
async function fetchVersion(
  updater: ShellUpdater,
  version: string,
  signal: AbortSignal,
): Promise<string[]> {
  const found = await updater.checkForUpdates()
  if (found?.isUpdateAvailable !== true || found.updateInfo.version !== version) {
    throw new TransferError(UNREACHABLE, { detail: found?.updateInfo.version ?? version })
  }
  const { cancellationToken } = found
  signal.throwIfAborted()
  signal.addEventListener('abort', () => cancellationToken?.cancel(), { once: true })
  return updater.downloadUpdate(cancellationToken)
}

/**
 * electron-updater accepts a download where PowerShell cannot be asked, or where the build names no publisher. Here it has
 * to be signed by those who signed the program that runs.
 */
async function demandOurs(
  files: readonly string[],
  { process, signerOf: signer }: UpdateInstallerOptions,
): Promise<void> {
  try {
    const ours = await signer(process.execPath)
    const theirs = await Promise.all(files.map((file) => signer(file)))
    if (ours !== '' && theirs.length > 0 && theirs.every((each) => each === ours)) return
    throw new TransferError('update-not-trusted', { ...(theirs[0] && { detail: theirs[0] }) })
  } catch (cause) {
    if (cause instanceof TransferError) throw asTransferError(cause)
    throw new TransferError('update-not-trusted', { detail: 'PowerShell', cause })
  }
}
