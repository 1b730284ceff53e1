/** Input to a page from outside: addresses that lead to a place, and handed-over files. */
import { describe, expect, it } from 'vitest'
import { placeOf } from '../../renderer/app/view.ts'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

describe('an address', () => {
  it.each([
    ['', { view: 'queue' }],
    ['#/history', { view: 'history' }],
    ['#/nowhere', { view: 'queue' }],
    ['#/queue/tab/attention', { view: 'queue', tab: 'attention' }],
    ['#/queue/tab/nothing', { view: 'queue' }],
    ['#/queue/transfer/100%', { view: 'queue', transferId: '100%' }],
    ['#/queue/transfer/a%2Fb', { view: 'queue', transferId: 'a/b' }],
    ['#/settings/tab/attention', { view: 'settings' }],
  ])('%s', (hash, place) => {
    expect(placeOf(hash)).toEqual(place)
  })

  it('leads to what needs the person, and to one transfer', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 30 })
    await page.evaluate(() => {
      location.hash = '#/queue/tab/attention'
    })
    await page.getByRole('tab', { name: /Needs attention/, selected: true }).waitFor()
    const row = host.rows[3]
    await page.evaluate((id) => {
      location.hash = `#/queue/transfer/${id}`
    }, row?.id)
    await page
      .getByRole('complementary')
      .getByRole('heading', { name: row?.fileName ?? '' })
      .waitFor()
    expect(new URL(page.url()).hash).toBe('#/queue')
  })
})

describe('files handed over from outside', () => {
  it('are asked about at once, and more of them in the same question', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 3 })
    host.offer(['/home/lin/合同.pdf'])
    const dialog = page.getByRole('dialog')
    await dialog.getByText('合同.pdf').waitFor()
    host.offer(['/home/lin/海报.png'])
    await dialog.getByText('海报.png').waitFor()
    await dialog.getByText('合同.pdf').waitFor()
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    const added = host.asked.find(({ channel }) => channel === 'queue.add')
    expect(added?.input).toMatchObject({ paths: ['/home/lin/合同.pdf', '/home/lin/海报.png'] })
  })

  it('may be a folder, which can be kept uploaded as long as it is the only thing', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 3 })
    host.offer(['/home/lin/照片'])
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Upload and keep watching').click()
    await dialog.getByRole('button', { name: 'Next' }).waitFor()
    host.offer(['/home/lin/海报.png'])
    await dialog.getByRole('button', { name: 'Upload', exact: true }).waitFor()
    await expect.poll(() => dialog.getByText('Upload and keep watching').count()).toBe(0)
  })

  it('wait for the first steps to be over', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { settings: { welcomed: false } })
    host.offer(['/home/lin/合同.pdf'])
    await page.getByRole('button', { name: 'Next' }).click()
    await page.locator('.welcome .notice.good').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Skip' }).click()
    expect(host.asked.some(({ channel }) => channel === 'files.take-offered')).toBe(false)
    await page.getByRole('button', { name: 'Start using Feidi' }).click()
    await page.getByRole('dialog').getByText('合同.pdf').waitFor()
  })
})
