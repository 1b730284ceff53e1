import { readFileSync } from 'node:fs'
import { isatty } from 'node:tty'

const STANDARD_STREAMS = [0, 1, 2]

/** The bit of SIGHUP, signal 1, in the masks of proc_pid_status(5). */
const SIGHUP_BIT = 1n

/**
 * Checks whether this process outlives its terminal: then SIGHUP does not stop it.
 *
 * `nohup` and `trap '' HUP` make the programs they start ignore SIGHUP, but Node sets inherited
 * signals back to their defaults before any of our code runs (`PlatformInit` in its src/node.cc),
 * so the process itself cannot see it. Two signs are visible: `nohup` leaves none of the three
 * streams at a terminal, and a shell that ignores SIGHUP still does so as our parent.
 * @param parent its id, where the system has /proc
 */
export function outlivesItsTerminal(parent = process.ppid): boolean {
  // Windows ends a process whose console is closed, whatever it does.
  if (process.platform === 'win32') return false
  return !STANDARD_STREAMS.some(isatty) || ignoresHangUp(parent)
}

function ignoresHangUp(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'
    return (BigInt(`0x${mask}`) & SIGHUP_BIT) !== 0n
  } catch {
    // Not Linux, or the parent is gone.
    return false
  }
}
