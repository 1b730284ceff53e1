/** The app in a browser, the web host, the engine and a simulated Feishu: nothing in between is staged. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { filesNamed } from '#test/kit/feidi/uploads.ts'
import type { SceneOptions } from '#test/web/web-scene.ts'
import { openRealPage, queueFile, row, skipWelcome } from './real-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
const MiB = 1024 * 1024
const open = (test: TestContext, options?: SceneOptions) => openRealPage(test, browser(), options)

describe('the app in front of the real engine', () => {
  it('uploads what a browser sends, from the first steps to the finished file', async (test) => {
    const { page, scene } = await open(test)
    await skipWelcome(page)
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
    const bytes = Buffer.alloc(300_000, 7)
    await page.setInputFiles('.file-field', {
      name: '合同-2026-11.pdf',
      mimeType: 'application/pdf',
      buffer: bytes,
    })
    await page.getByLabel('Destination link').fill(scene.to)
    await page.locator('.place').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('1 file added').waitFor()
    await row(page, 1).getByText('Done').waitFor()
    const stored = scene.simulator.files()
    expect(stored).toHaveLength(1)
    expect(await scene.simulator.bytesOf(stored[0]?.token ?? '')).toEqual(bytes)
    await page.getByText('All uploads finished').waitFor()
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('button', { name: /合同-2026-11\.pdf/ }).waitFor()

    await page.getByRole('button', { name: 'Queue' }).click()
    await page.getByRole('button', { name: 'Clear finished' }).click()
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
    await scene.write('a.pdf', 10_000)
    // The toast counts on while an earlier one is in sight.
    for (const said of [/^\d files? added$/, 'Already uploaded and unchanged']) {
      await queueFile(page, scene, 'a.pdf')
      await page.getByText(said).last().waitFor()
      await row(page, 1).getByText('Done').waitFor()
    }
    await page.getByRole('button', { name: 'Upload again' }).click()
    await expect.poll(() => filesNamed(scene.simulator, scene.folderToken, 'a.pdf').length).toBe(2)
  })

  it('takes files dropped anywhere', async (test) => {
    const { page, scene } = await open(test)
    await skipWelcome(page)
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['one'], 'one.txt'))
      transfer.items.add(new File(['two!'], 'two.txt'))
      return transfer
    })
    await page.dispatchEvent('.side', 'dragover', { dataTransfer: data })
    await page.getByText('Drop to upload').waitFor()
    // A drag that is not told of any more is over: the row below it may have gone.
    await page.getByText('Drop to upload').waitFor({ state: 'hidden' })
    await page.dispatchEvent('.side', 'drop', { dataTransfer: data })
    await page.getByLabel('Destination link').fill(scene.to)
    await page.getByRole('button', { name: 'Upload 2 files' }).click()
    await expect.poll(() => page.getByRole('row').getByText('Done').count()).toBe(2)
  })

  it('pauses in the middle, goes on from there, and draws every part', async (test) => {
    const { page, scene } = await open(test, {
      alwaysInParts: true,
      blockSizeBytes: MiB,
      bytesPerSecond: 3 * MiB,
    })
    await skipWelcome(page)
    await scene.write('宣传片.mp4', 12 * MiB)
    await queueFile(page, scene, '宣传片.mp4')
    await row(page, 1).click()
    const drawer = page.getByRole('complementary')
    await drawer.getByRole('img', { name: /^[3-9] of 12 parts uploaded$/ }).waitFor()
    await drawer.getByRole('button', { name: 'Pause' }).click()
    await drawer.getByRole('button', { name: 'Resume' }).waitFor()
    await drawer.getByText(/Resumes from part/).waitFor()
    await drawer.getByRole('button', { name: 'Resume' }).click()
    await drawer.getByRole('img', { name: '12 of 12 parts uploaded' }).waitFor()
    await drawer.getByText('Done', { exact: true }).first().waitFor()
    expect(scene.simulator.files()).toHaveLength(1)
  })

  it('says whose turn it is when Feishu refuses, and goes on after a retry', async (test) => {
    const { page, scene } = await open(test)
    await skipWelcome(page)
    await scene.write('报告.docx', 20_000)
    scene.simulator.faults.add({
      endpoint: 'files/upload_all',
      do: { kind: 'answer', status: 403, code: 1061004 },
    })
    await queueFile(page, scene, '报告.docx')
    await row(page, 1)
      .getByText(/^Needs attention/)
      .waitFor()
    await row(page, 1).click()
    const card = page.getByRole('region', { name: 'What went wrong' })
    await card.getByText('You can fix this').waitFor()
    await card.getByRole('button', { name: 'Retry' }).click()
    await row(page, 1).getByText('Done').waitFor()
    await page.locator('.timeline').getByText('You retried').waitFor()
    await page.keyboard.press('Escape')

    // Others have used up the day's calls, which our own count does not know.
    scene.simulator.setRate({ writesPerDay: 0 })
    await scene.write('附件.docx', 20_000)
    await queueFile(page, scene, '附件.docx')
    const waits = /^Daily quota used up, resumes /
    const second = page.getByRole('row').filter({ hasText: '附件.docx' })
    await second.getByText(waits).waitFor()
    await page.locator('.banner').getByText(waits).waitFor()
    await page.getByRole('button', { name: /\b0 API calls left today/ }).waitFor()
    await page.getByText(/0 of 1 file · finishes .*0%/).waitFor()
    scene.simulator.setRate('off')
    await page.getByRole('button', { name: 'Try now' }).click()
    await second.getByText('Done').waitFor()
  })

  it('keeps its place when the host is started again', async (test) => {
    const { page, scene } = await open(test)
    await skipWelcome(page)
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
    const lost = page.getByText('Lost contact with Feidi.').waitFor()
    const other = await scene.restart(() => lost, { port: scene.web.port })
    // The browser stays signed in, and the page reconnects.
    await page.getByText('Lost contact with Feidi.').waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
    expect(await readFile(join(scene.home, 'settings.json'), 'utf8')).toContain('welcomed')
    const { devices } = await other.ask('devices.list', {})
    const ids = devices.filter(({ isThis }) => !isThis).map(({ id }) => id)
    await other.ask('devices.sign-out', { ids })
    await page.getByText('This browser is signed out.').waitFor()
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('feidi link').first().waitFor()
  })
})
