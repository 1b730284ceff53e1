/** The measurements of a page, taken from inside the browser. */
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'

declare global {
  interface Window {
    firstRowsMs?: number
    answeredMs?: number
  }
}

/** A row with something in it, not the place of one. */
const ROW = '.rows .row:not(.place)'

export interface Opened {
  readonly page: Page
  /** From the beginning of the navigation to the frame that shows rows. */
  readonly firstRowsMs: number
  /** Scripts loaded until then, as a server sends them. */
  readonly scriptGzipBytes: number
}

/** Opens the queue in a browser profile that has never seen it. */
export async function openQueue(browser: Browser, link: string): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 800 },
    locale: 'en-US',
  })
  const page = await context.newPage()
  const scripts: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body())
  })
  await page.addInitScript((row) => {
    new MutationObserver((_, observer) => {
      if (document.querySelector(row) === null) return
      observer.disconnect()
      // The frame after the next one begins when the rows are on the screen.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => (window.firstRowsMs = performance.now())),
      )
    }).observe(document, { childList: true, subtree: true })
  }, ROW)
  await page.goto(link)
  await page.getByRole('button', { name: 'Open Feidi' }).click()
  const firstRowsMs = Number(
    await (await page.waitForFunction(() => window.firstRowsMs)).jsonValue(),
  )
  const bodies = await Promise.all(scripts)
  return {
    page,
    firstRowsMs,
    scriptGzipBytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
  }
}

/** From the last letter to the frame that shows the answer. */
export async function searchFor(page: Page, text: string, hits: number): Promise<number> {
  const field = page.getByRole('searchbox')
  await field.fill('')
  await page.waitForFunction(() => document.querySelector('[role=treegrid]') !== null)
  await page.waitForTimeout(500)
  await page.evaluate(
    ({ wanted, row }) => {
      delete window.answeredMs
      const input = document.querySelector('input[type=search]')
      input?.addEventListener(
        'input',
        () => {
          const typedMs = performance.now()
          const observer = new MutationObserver(() => {
            const count = document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount')
            if (count !== wanted || document.querySelector(row) === null) return
            observer.disconnect()
            requestAnimationFrame(() => (window.answeredMs = performance.now() - typedMs))
          })
          observer.observe(document, { childList: true, subtree: true, attributes: true })
        },
        { once: true },
      )
    },
    // The head of the table, and the heading of the group.
    { wanted: String(hits + 2), row: `${ROW}.nested` },
  )
  await field.focus()
  await page.keyboard.insertText(text)
  return Number(await (await page.waitForFunction(() => window.answeredMs)).jsonValue())
}

/** Unfolds the group of the long list. */
export async function unfoldGroup(page: Page): Promise<void> {
  await page.locator('.row.group').first().click()
  await page.locator('.row.nested:not(.place)').first().waitFor()
}

/** The wheel, then jumps through the whole list, each until its rows are there. */
export async function scrollAround(page: Page): Promise<void> {
  const grid = page.getByRole('treegrid')
  await grid.hover()
  for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, 600)
  for (const share of [0.3, 0.9, 0.5, 1, 0]) {
    await grid.evaluate((node, part) => {
      node.scrollTop = node.scrollHeight * part
    }, share)
    await page.waitForFunction(() => document.querySelector('.row.place') === null)
  }
}

/** The share of a core the page's main thread takes, by its processor time. */
export async function mainThreadShare(page: Page, durationMs: number): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busySeconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
  const before = await busySeconds()
  const startedAtMs = performance.now()
  await page.waitForTimeout(durationMs)
  return ((await busySeconds()) - before) / ((performance.now() - startedAtMs) / 1_000)
}
