import type { Browser } from 'playwright-core'
import { beforeAll } from 'vitest'
import { launchBrowser } from './browser.ts'

let launched: Promise<Browser> | undefined

/**
 * One browser for all tests of a worker: a page has a context of its own in it. It ends with the worker.
 */
export function withBrowser(): () => Browser {
  let browser: Browser | undefined
  beforeAll(async () => {
    launched ??= launchBrowser()
    browser = await launched
  })
  return () => {
    if (browser === undefined) throw new Error('the browser is not open')
    return browser
  }
}
