import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const load = createRequire(import.meta.url)

/**
 * Returns the path of Electron's executable, or undefined when it is unavailable. The package
 * `electron` comes without it and downloads it (about 120 MB) with a program of its own on first
 * use. This function runs that program, which shows its progress, reports errors, and does nothing
 * the next time.
 */
export function findElectron(env: NodeJS.ProcessEnv): string | undefined {
  const fetching = spawnSync(process.execPath, [load.resolve('electron/install.js')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: withProxy(env),
  })
  return fetching.status === 0 ? (load('electron') as string) : undefined
}

/** It asks to be told that it may use the proxy everything else uses. */
function withProxy(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const hasProxy = (env['HTTPS_PROXY'] ?? env['https_proxy'] ?? '') !== ''
  return hasProxy ? { ELECTRON_GET_USE_PROXY: '1', ...env } : env
}
