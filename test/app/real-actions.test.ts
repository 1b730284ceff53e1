/** A person's actions on many transfers at once: real engine, simulated Feishu behind the page. */
import type { Page } from 'playwright-core'
import { describe, expect, it, type TestContext } from 'vitest'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import { openRealPage, type RealPage, row } from './real-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
/** A busy machine takes its time. */
const NAMES = ['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf', 'x.jpg', 'y.jpg', 'z.jpg']

/** Seven files that are queued while everything is paused. */
async function openQueue(test: TestContext): Promise<RealPage> {
  const opened = await openRealPage(test, browser())
  const { scene, page } = opened
  const host = await scene.signIn()
  await host.ask('settings.set', { change: { welcomed: true } })
  await host.ask('queue.pause-all', { paused: true })
  const files = []
  for (const name of NAMES) files.push(await scene.write(name, 20_000))
  const paths = files.map(({ path }) => path)
  await host.ask('queue.add', { paths, uploads: [], destination: scene.to, again: false })
  await page.reload()
  await row(page, 7).waitFor()
  return opened
}

async function states(page: Page): Promise<string[]> {
  return page.locator('.rows .state-text').allTextContents()
}

/** Names in the order of the list. */
async function names(page: Page): Promise<string[]> {
  return page.locator('.rows .file-name').allTextContents()
}

async function chooseFirst(page: Page, count: number): Promise<void> {
  await page.getByRole('treegrid').focus()
  await page.keyboard.press('Home')
  for (let step = 1; step < count; step++) await page.keyboard.press('Shift+ArrowDown')
  await page.getByText(`${count} selected`).waitFor()
}

/** As in the bar that floats over the list. */
async function press(page: Page, name: string): Promise<void> {
  await page
    .getByRole('toolbar', { name: /selected/ })
    .getByRole('button', { name, exact: true })
    .click()
}

describe('a selection', () => {
  it('is paused, stays where it is while the rest goes up, and goes on when resumed', async (test) => {
    const { page, scene } = await openQueue(test)
    await chooseFirst(page, 3)
    await press(page, 'Pause')
    await page.getByText('3 paused').waitFor()
    await page.getByRole('button', { name: 'Resume all' }).click()
    await expect
      .poll(async () => (await states(page)).filter((text) => text === 'Done').length)
      .toBe(4)
    expect((await states(page)).filter((text) => text === 'Paused')).toHaveLength(3)
    expect(scene.simulator.files()).toHaveLength(4)
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Control+a')
    await press(page, 'Resume')
    await expect.poll(() => scene.simulator.files().length).toBe(7)
    for (const name of NAMES)
      await expectOnce(scene.simulator, scene.folderToken, await scene.write(name, 20_000))
  })

  it('goes first when it is moved to the top', async (test) => {
    const { page, scene } = await openQueue(test)
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Control+ArrowUp')
    await expect.poll(async () => (await names(page))[0]).toBe('a.pdf')
    await page.getByRole('button', { name: 'Resume all' }).click()
    await expect.poll(() => scene.simulator.files().length).toBe(7)
    const uploads = scene.simulator.callsTo('files/upload_all')
    // The next file is read while one is on its way, so a small one may overtake the first by a hair.
    const arrived = scene.simulator
      .files()
      .toSorted((one, other) => one.createdAtMs - other.createdAtMs)
      .map(({ name }) => name)
    expect(arrived.slice(0, 2)).toContain('a.pdf')
    expect(uploads).toHaveLength(7)
  })
})

describe('everything that a search shows', () => {
  it('is cancelled, comes back with Undo, and is retried; the rest is left alone', async (test) => {
    const { page, scene } = await openQueue(test)
    await page.keyboard.press('Control+f')
    await page.keyboard.type('JPG')
    await expect.poll(() => names(page)).toEqual(['z.jpg', 'y.jpg', 'x.jpg'])
    await page.getByText('3 results for “JPG”').waitFor()
    await page.getByRole('tab', { name: 'All 3' }).waitFor()
    // The view outlives another screen and a reload.
    await page.getByRole('button', { name: 'History' }).click()
    await page.getByRole('button', { name: 'Queue' }).click()
    await expect.poll(() => names(page)).toEqual(['z.jpg', 'y.jpg', 'x.jpg'])
    await page.reload()
    await expect.poll(() => names(page)).toEqual(['z.jpg', 'y.jpg', 'x.jpg'])
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.getByText('3 uploads cancelled').waitFor()
    await expect.poll(() => states(page)).toEqual(['Cancelled', 'Cancelled', 'Cancelled'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => states(page)).not.toContain('Cancelled')
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await expect.poll(() => states(page)).toEqual(['Cancelled', 'Cancelled', 'Cancelled'])
    await page.getByRole('button', { name: 'Resume all' }).click()
    await expect.poll(() => scene.simulator.files().length).toBe(4)
    await page.keyboard.press('Control+f')
    await page.keyboard.press('Escape')
    await expect
      .poll(async () => (await states(page)).filter((text) => text === 'Done').length)
      .toBe(4)
    await page.keyboard.press('Control+f')
    await page.keyboard.type('jpg')
    await page.getByText('3 results for “jpg”').waitFor()
    await expect.poll(() => names(page)).toHaveLength(3)
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Control+a')
    await press(page, 'Retry')
    await expect.poll(() => scene.simulator.files().length).toBe(7)
  })
})

it('a list that is read stays as it is, and says how much is new', async (test) => {
  const { page, scene } = await openQueue(test)
  await page.getByRole('treegrid').focus()
  const before = await names(page)
  const { path } = await scene.write('later.pdf', 10)
  const host = await scene.signIn()
  await host.ask('queue.add', { paths: [path], uploads: [], destination: scene.to, again: false })
  await page.getByRole('button', { name: '1 new' }).waitFor()
  await expect.poll(() => names(page)).toEqual(before)
  await page.getByRole('button', { name: '1 new' }).click()
  await expect.poll(async () => (await names(page))[0]).toBe('later.pdf')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')))
    .toBe('treegrid')
  await page.keyboard.press('5')
  await page.getByText('Nothing is finished yet').waitFor()
  await page.keyboard.press('1')
  // The seven files from before are a group now.
  await row(page, 2).waitFor()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')))
    .toBe('treegrid')
})

it('copies the link of a finished file', async (test) => {
  const { page, scene } = await openQueue(test)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Resume all' }).click()
  const first = page.getByRole('row').filter({ hasText: 'a.pdf' })
  await first.getByText('Done').waitFor()
  await first.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy link' }).click()
  await page.getByText('Copied').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  const [stored] = scene.simulator.files().filter(({ name }) => name === 'a.pdf')
  expect(copied).toMatch(new RegExp(`^https://.+/file/${stored?.token}$`))
})
