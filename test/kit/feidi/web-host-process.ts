import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Answer, Delay, Question, WebHostInput } from './child-web-host.ts'

const PROGRAM = new URL('./child-web-host.ts', import.meta.url)

export interface WebHostProcess {
  newLink(): Promise<string>
  /** Returns the delay of its event loop while `work` runs. */
  delayDuring(work: () => Promise<void>): Promise<Delay>
  /** Stops cleanly. */
  close(): Promise<void>
  /** Ends as a process does that is killed: nothing is written any more. */
  kill(): Promise<void>
}

/** Serves a home in a process of its own, so that the engine and the browser do not share an event loop. */
export async function startWebHost(input: WebHostInput): Promise<WebHostProcess> {
  const child = fork(PROGRAM, [JSON.stringify(input)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await answerOf(child)
  const ask = async <T extends Answer>(question: Question): Promise<T> => {
    const answer = answerOf(child)
    child.send(question)
    return (await answer) as T
  }
  return {
    newLink: async () => (await ask<{ link: string }>('link')).link,
    async delayDuring(work) {
      await ask('watch')
      await work()
      return ask<Delay>('delay')
    },
    async kill() {
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exit = once(child, 'exit')
      child.send('end' satisfies Question)
      await exit
    },
  }
}

async function answerOf(child: ChildProcess): Promise<Answer> {
  const gone = new AbortController()
  const exit = once(child, 'exit', { signal: gone.signal }).then(() => {
    throw new Error('the web host ended')
  })
  exit.catch(() => {}) // Aborted once there is an answer.
  try {
    const [answer] = (await Promise.race([
      once(child, 'message', { signal: gone.signal }),
      exit,
    ])) as [Answer]
    return answer
  } finally {
    gone.abort()
  }
}
