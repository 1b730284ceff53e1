/**
 * `npm run test:electron`, after a build: the specs of the desktop on the real Electron. When that
 * is not possible, no spec runs and none is reported as passed: the exit code is 69.
 */
import { spawnSync } from 'node:child_process'
import { electronBinary, expectedBinary } from './desktop/electron-binary.ts'

/** EX_UNAVAILABLE of sysexits.h: something this needs is not there. */
const UNAVAILABLE = 69

const NO_BINARY = `
The desktop specs did NOT run on Electron: its program is not on this machine.

  missing:   ${expectedBinary()}
  fetch it:  npx install-electron
  a mirror:  ELECTRON_MIRROR=https://npmmirror.com/mirrors/electron/ npx install-electron

npm test runs the same specs on a stand-in for Electron.`

const NO_SCREEN = `
The desktop specs did NOT run on Electron: there is no graphical session here (neither DISPLAY nor
WAYLAND_DISPLAY is set). A virtual one will do: xvfb-run npm run test:electron`

function run(): number {
  if (electronBinary() === undefined) return refuse(NO_BINARY)
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return refuse(NO_SCREEN)
  const args = ['node_modules/vitest/vitest.mjs', 'run', 'test/desktop/specs', '--maxWorkers=1']
  const env = { ...process.env, FEIDI_TEST_DESKTOP: 'electron' }
  return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`)
  return UNAVAILABLE
}

process.exitCode = run()
