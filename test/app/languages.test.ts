import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

describe('both languages', () => {
  it('switch live, the whole page with them', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), {
      rows: 20,
      settings: { language: 'en' },
    })
    await page.getByRole('button', { name: 'Settings' }).first().click()
    await page.getByText('简体中文').click()
    await page.getByRole('heading', { name: '传输' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
    await page.getByRole('button', { name: '队列' }).click()
    await page.getByText('正在上传 20%').waitFor()
    // With progress, and what needs the person.
    await expect.poll(() => page.title()).toMatch(/^\(3\) \d+% 飞递$/)
    // So does the icon, which is a file of the host.
    const icon = () => page.locator('link[rel="icon"]').getAttribute('href')
    expect(await icon()).toContain('attention')
    const { byState, byTab } = host.counts
    host.tell({ counts: { byState, byTab: { ...byTab, attention: 0 } } })
    await expect.poll(icon).toContain('quarter-1')
    const address = new URL((await icon()) ?? '', page.url()).href
    expect((await page.request.get(address)).status()).toBe(200)
  })

  it.for([
    ['zh-CN', '全部暂停'],
    ['en-US', 'Pause all'],
  ] as const)('follow the system: %s', async ([locale, words], test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 3 }, { locale })
    await page.getByRole('button', { name: words }).waitFor()
  })

  it.for([
    { width: 900, height: 600 },
    { width: 640, height: 400 },
    { width: 2560, height: 1080 },
  ])('nothing is cut off at $width x $height', async (viewport, test) => {
    for (const language of ['en', 'zh-CN'] as const) {
      const settings = { language }
      const { page } = await openStagedPage(
        test,
        browser(),
        { rows: 200, rules: 8, settings },
        { viewport },
      )
      for (const screen of [0, 1, 2, 3]) {
        await page.locator('.side-item').nth(screen).click()
        const { content, window } = await page.evaluate(() => ({
          content: document.documentElement.scrollWidth,
          window: innerWidth,
        }))
        expect(content).toBeLessThanOrEqual(window)
        await expect.poll(() => outside(page)).toEqual([])
      }
    }
  })
})

/** Controls that lie beside the window. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.toolbar :is(button, input), .setting-control > *')]
      .filter((node) => {
        const box = node.getBoundingClientRect()
        return box.width > 0 && (box.right > innerWidth || box.left < 0)
      })
      .map((node) => node.outerHTML.slice(0, 80)),
  )
}
