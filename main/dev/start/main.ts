/**
 * `npm start`, after a build: the desktop app. Ends with the app's exit code, or with 69 when the app can not be
 * started on this machine.
 */
import { readyElectron, runElectron, UNAVAILABLE } from './run-electron.ts'

const args = process.argv.slice(2)
const electron = readyElectron(args, process.env)
process.exitCode =
  electron === undefined ? UNAVAILABLE : await runElectron(electron, ['.', ...args], process.env)
