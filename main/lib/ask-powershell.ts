import { execFile } from 'node:child_process'
import { win32 } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Returns what a script of Windows PowerShell prints. No other program of that name is started, and no shell.
 * @param script ours, word for word: what it is about belongs into `values`, which it reads from `$env:`
 * @throws Error when there is no PowerShell, it fails, or it takes longer
 */
export async function askPowerShell(
  script: string,
  values: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<string> {
  const root = process.env['SystemRoot'] ?? 'C:\\Windows'
  const program = win32.join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe')
  const args = ['-NoProfile', '-NonInteractive', '-Command', script]
  // Modules of a newer PowerShell, from which we may have been started, cannot be loaded by this one.
  const env = { ...process.env, ...values, PSModulePath: '' }
  const { stdout } = await run(program, args, { env, timeout: limitMs, windowsHide: true })
  return stdout
}
