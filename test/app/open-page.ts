import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject, type TestContext } from 'vitest'
import { openStage } from './stage/open-stage.ts'
import type { StageHost, StageOptions } from './stage/stage-host.ts'

/**
 * A page of its own for a test. A message of the page that speaks of trouble (a violation of the
 * CSP, an uncaught error, a warning of React) fails the test when it is over.
 */
export async function openPage(
  test: TestContext,
  browser: Browser,
  link: string,
  options: BrowserContextOptions = {},
  comeIn = enter,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  // Before the test's own, so that a failure names the step it waits at.
  page.setDefaultTimeout(45_000)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    const text = message.text()
    if (!['error', 'warning'].includes(message.type())) return
    // A host that is gone on purpose, and answers that refuse on purpose.
    if (/ERR_CONNECTION|Failed to load resource|WebSocket connection/.test(text)) return
    troubles.push(text)
  })
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      throw new Error(`CSP: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  test.onTestFinished(async () => {
    await context.close()
    expect(troubles).toEqual([])
  })
  await comeIn(page, link)
  return page
}

/** Opens a one-time link and confirms it. */
export async function enter(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Open Feidi' }).click()
  await page.locator('main:not(:has(form[action="/enter"]))').waitFor()
}

/** Comes in without the page that a link opens, which is a fifth of what a page costs. */
async function comeInAtOnce(page: Page, link: string): Promise<void> {
  const { origin, searchParams } = new URL(link)
  const token = searchParams.get('token') ?? ''
  const headers = { origin }
  await page.request.post(`${origin}/enter`, { form: { token }, headers, maxRedirects: 0 })
  await page.goto(`${origin}/`)
  await page.locator('main:not(:has(form[action="/enter"]))').waitFor()
}

/** A page in front of a staged host. */
export async function openStagedPage(
  test: TestContext,
  browser: Browser,
  stageOptions: StageOptions,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; host: StageHost; close: () => Promise<void> }> {
  const stage = await openStage(inject('rendererFolder'), stageOptions)
  test.onTestFinished(() => stage.close())
  const page = await openPage(test, browser, stage.newLink(), options, comeInAtOnce)
  return { page, host: stage.host, close: () => stage.close() }
}
