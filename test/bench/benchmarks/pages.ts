import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '#test/app/browser.ts'
import { buildRenderer } from '#test/app/build-renderer.ts'
import { mainThreadTasks } from '#test/app/main-thread-tasks.ts'
import { queueFiles } from '#test/kit/feidi/home.ts'
import { fillQueue } from '#test/kit/feidi/long-queue.ts'
import { startWebHost, type WebHostProcess } from '#test/kit/feidi/web-host-process.ts'
import { startSimulatorProcess } from '#test/simulator/remote-simulator.ts'
import { type Benchmark, below, type Figure } from '../figure.ts'
import { sparseFile, withFolder } from '../kit/files.ts'
import { median } from '../kit/statistics.ts'
import {
  mainThreadShare,
  openQueue,
  scrollAround,
  searchFor,
  unfoldGroup,
} from '../page-measures.ts'

const ROWS = 100_000
const LATENCY_MS = 100
/** Uploads at 5 parts a second for as long as the measurements take. */
const PARTS = 2_000

/** The queue in a real browser, with a long list and an upload at full rate behind it. */
export const pages: Benchmark = {
  name: 'pages',
  run: ({ quick }) =>
    withFolder(async (folder) => {
      const [home, rendererFolder] = [join(folder, 'home'), join(folder, 'pages')]
      await mkdir(home)
      await buildRenderer(rendererFolder)
      fillQueue(home, ROWS)
      const simulator = await startSimulatorProcess({
        storage: 'null',
        rate: 5,
        latencyMs: LATENCY_MS,
      })
      const browser = await launchBrowser()
      try {
        await queueFiles(home, [await sparseFile(folder, PARTS)], simulator.folderToken)
        const host = await startWebHost({ home, folder, rendererFolder, ...simulator })
        try {
          return await measure(host, browser, quick)
        } finally {
          await host.close()
        }
      } finally {
        await browser.close()
        await simulator.close()
      }
    }),
}

async function measure(host: WebHostProcess, browser: Browser, quick: boolean): Promise<Figure[]> {
  const alone = await host.delayDuring(() => sleep(quick ? 4_000 : 10_000))
  const openings = await repeat(quick ? 3 : 7, async () => {
    const opened = await openQueue(browser, await host.newLink())
    await opened.page.context().close()
    return opened
  })
  const { page, scriptGzipBytes } = await openQueue(browser, await host.newLink())
  const searches = await repeat(quick ? 4 : 10, (round) =>
    searchFor(page, `-0${45_678 + round}.p`, 1),
  )
  await page.getByRole('searchbox').fill('')
  await unfoldGroup(page)
  const scrolling = await mainThreadTasks(browser, page, () => scrollAround(page))
  return [
    {
      name: `pages, ${ROWS.toLocaleString('en')} rows: first rows visible (median of ${openings.length})`,
      ...time(median(openings.map(({ firstRowsMs }) => firstRowsMs)), 1_000),
    },
    {
      name: `pages: search answered (median of ${searches.length}; longest ${Math.max(...searches).toFixed(0)})`,
      ...time(median(searches), 150),
    },
    { name: 'pages: longest task while scrolling', ...time(Math.max(...scrolling), 50) },
    ...(await measureLive(host, browser, page, { quick, aloneP99: alone.p99 })),
    {
      name: 'pages: scripts until the first rows, gzip',
      measured: `${(scriptGzipBytes / 1_000).toFixed(0)} KB`,
      goal: below(scriptGzipBytes / 1_000, 600),
    },
  ]
}

async function measureLive(
  host: WebHostProcess,
  browser: Browser,
  page: Page,
  { quick, aloneP99 }: { quick: boolean; aloneP99: number },
): Promise<Figure[]> {
  const durationMs = quick ? 6_000 : 20_000
  let tasks: number[] = []
  let share = Number.NaN
  const delay = await host.delayDuring(async () => {
    share = await mainThreadShare(page, durationMs)
    tasks = await mainThreadTasks(browser, page, () => sleep(durationMs))
  })
  return [
    { name: 'pages: longest task under live updates', ...time(Math.max(...tasks), 50) },
    {
      name: 'pages: main thread under live updates, share of a core',
      measured: `${(share * 100).toFixed(1)}%`,
      goal: below(share, 0.05, '< 5%'),
    },
    {
      name: 'pages: event loop delay p99 of the host with a page attached',
      measured: `${delay.p99.toFixed(1)} ms (longest ${delay.longest.toFixed(0)})`,
      baseline: `${aloneP99.toFixed(1)} ms without`,
      goal: below(delay.p99, 20, '< 20 ms'),
    },
  ]
}

function time(ms: number, goalMs: number): Pick<Figure, 'measured' | 'goal'> {
  return { measured: `${ms.toFixed(0)} ms`, goal: below(ms, goalMs, `< ${goalMs} ms`) }
}

async function repeat<T>(times: number, work: (round: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let round = 0; round < times; round++) results.push(await work(round))
  return results
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
