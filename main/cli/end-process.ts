import { isHeldUp } from '#main/lib/patient-line.ts'

/**
 * Ends the process at once. `process.exit` would wait for threads that hang in a call to an
 * unresponsive drive, so there another program replaces this one and ends with the code (execve(2)
 * ends all threads). If that cannot be done, the process is killed, as by SIGKILL.
 */
export function endProcess(code: number): void {
  if (process.platform === 'win32' || process.execve === undefined) process.exit(code)
  try {
    process.execve('/bin/sh', ['sh', '-c', `exit ${code}`], {})
  } catch {
    process.kill(process.pid, 'SIGKILL')
  }
}

/** Ends a process that is through, but for calls that do not come back. */
export function endIfHeldUp(): void {
  if (isHeldUp()) endProcess(Number(process.exitCode ?? 0))
}
