import type { Browser, Page } from 'playwright-core'

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Processor time in microseconds: waiting for a busy machine does not count. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Returns the main-thread tasks of pages while `work` ran: each task's processor time, ms. */
export async function mainThreadTasks(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[]
  }
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(thread),
  )
  return traceEvents
    .filter((event) => event.name.endsWith('RunTask') && mainThreads.has(thread(event)))
    .map(({ tdur = 0 }) => tdur / 1_000)
}
