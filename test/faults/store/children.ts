/** Starts real processes that use a home, and talks to them. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface ChildOptions {
  readonly arguments: readonly string[]
  /** Runs as a user without rights; only root can do that. */
  readonly asNobody?: boolean
}

/** A child's report on one attempt. */
export type Outcome = { code: string; detail?: string } | { wasUnclean: boolean }

const NOBODY = 65_534

/** Forks one of the scripts beside this file; it is killed at the latest when the test is over. */
export function startChild(script: string, options: ChildOptions): ChildProcess {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const child = fork(file, [...options.arguments], {
    execArgv: [],
    silent: true,
    ...(options.asNobody === true && { uid: NOBODY, gid: NOBODY }),
  })
  // Errors in the child are the test's business.
  child.stderr?.pipe(process.stderr)
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** The child's next message. */
export async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const gone = new AbortController()
  const exited = once(child, 'exit', { signal: gone.signal }).then(([code, signal]) => {
    throw new Error(`the child ended (${code ?? signal}) without a word`)
  })
  try {
    const [message] = (await Promise.race([once(child, 'message'), exited])) as [T]
    return message
  } finally {
    gone.abort()
    exited.catch(() => {})
  }
}

/** Ends the child as a power cut would, and waits until the system has cleared it away. */
export async function killHard(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}
