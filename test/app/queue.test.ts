import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
const en = { settings: { language: 'en' as const } }

describe('the queue', () => {
  it('answers the four questions in one line and counts by tab', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 1_204, ...en })
    const line = page.getByRole('region', { name: 'Overall progress' })
    await expect.poll(() => line.textContent()).toContain('of 1,204 files')
    await expect.poll(() => line.textContent()).toContain('11.2 MB/s')
    await expect.poll(() => line.textContent()).toContain('3 need attention')
    await expect
      .poll(() => page.getByRole('tab', { name: 'Needs attention' }).textContent())
      .toBe('Needs attention3')
  })

  it('says every state in words with its reason', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 14, ...en })
    await page.getByRole('row').nth(14).waitFor()
    const text = (await page.getByRole('treegrid').textContent()) ?? ''
    for (const words of [
      'Uploading 20% · ',
      'Finishing',
      'Preparing',
      'Feishu is limiting requests, resumes in ',
      'File in use, uploads once it is closed',
      'Paused',
      'Needs attention: ',
      'Upload failed: ',
      'Skipped: ',
      'Daily quota used up, resumes ',
      'Cancelled',
      'Done',
    ]) {
      expect(text).toContain(words)
    }
    // The tab says it once for all of its rows.
    await page.keyboard.press('4')
    await expect.poll(() => rowCount(page)).toBe(3)
    const troubles = (await page.getByRole('treegrid').textContent()) ?? ''
    expect(troubles).toContain('Upload failed: ')
    expect(troubles).not.toContain('Needs attention: ')
  })

  it('shows what a tab or a search leaves, and says so when that is nothing', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 200, ...en })
    await page.getByRole('tab', { name: /^Active/ }).click()
    await expect.poll(() => rowCount(page)).toBe(5)
    await page.keyboard.press('1')
    await page.keyboard.press('Control+f')
    await page.keyboard.type('会议纪要')
    await expect.poll(() => rowCount(page)).toBe(20)
    await page.keyboard.press('Control+a')
    await page.keyboard.type('nothing has this name')
    await page.getByText('Nothing matches “nothing has this name”').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => rowCount(page)).toBe(200)
  })

  it('pauses, resumes, retries, cancels and undoes by keyboard alone', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 30, ...en })
    const kind = (index: number) => host.rows[index]?.state.kind
    await page.getByRole('treegrid').focus()
    await page.keyboard.press(' ')
    await expect.poll(() => kind(0)).toBe('paused')
    await page.getByText('1 paused').waitFor()
    await page.keyboard.press(' ')
    await expect.poll(() => kind(0)).toBe('queued')
    await page.keyboard.press('End')
    await page.keyboard.press('Delete')
    await expect.poll(() => kind(29)).toBe('cancelled')
    await page.locator('[aria-rowindex="31"]').getByText('Cancelled').waitFor()
    await page.keyboard.press('Delete')
    await page.getByText('1 removed from the list. The history keeps it.').waitFor()
    expect(host.rows).toHaveLength(29)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await page.locator('[aria-rowindex="31"]').getByText('Cancelled').waitFor()
    await page.keyboard.press('r')
    await expect.poll(() => kind(29)).toBe('queued')
    await page.keyboard.press('Control+ArrowUp')
    await expect.poll(() => host.rows[0]?.id).toBe('t29')
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(() => host.rows[0]?.id).toBe('t0')
    await page.getByRole('button', { name: 'Clear finished' }).click()
    await page.getByText(/^\d+ cleared from the list/).waitFor()
    expect(host.rows.filter(({ state }) => state.kind === 'done')).toEqual([])
  })

  it('chooses several rows with the keyboard and acts on all of them', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 60, ...en })
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Home')
    for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowDown')
    await page.getByText('4 selected').waitFor()
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await expect
      .poll(() => host.rows.slice(0, 5).map((row) => row.state.kind))
      .toEqual(['paused', 'finishing', 'paused', 'paused', 'waiting'])
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Control+a')
    await page.getByText('60 selected').waitFor()
    await page.keyboard.press('Delete')
    // So much is up already that it asks first.
    await page
      .getByRole('button', { name: 'Keep uploading' })
      .or(page.getByText('uploads cancelled'))
      .first()
      .waitFor()
  })

  it('asks before more than 100 MB of a half-sent file are thrown away', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 5, ...en })
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Delete')
    await page.getByText('430 MB already uploaded').waitFor()
    await page.getByRole('button', { name: 'Keep uploading' }).click()
    expect(host.rows[0]?.state.kind).toBe('sending')
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Delete')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel upload' }).click()
    await expect.poll(() => host.rows[0]?.state.kind).toBe('cancelled')
  })

  it('offers what makes sense in the menu of a row', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 20, ...en })
    await page
      .getByRole('row')
      .nth(1)
      .click({ button: 'right', position: { x: 300, y: 20 } })
    const items = await page.getByRole('menuitem').allTextContents()
    expect(items).toEqual([
      'DetailsEnter',
      'PauseSpace',
      'Quick lookCtrl Y',
      'Copy path',
      'Select allCtrl A',
      'Cancel uploadDelete',
    ])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => host.rows[0]?.state.kind).toBe('paused')
    await page.getByRole('row').nth(1).getByText('Paused').waitFor()
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Resume' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('menu').count()).toBe(0)
  })

  it('follows the host row by row', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 5_000, ...en })
    const first = page.getByRole('row').nth(1)
    await first.getByText('Uploading 20%').waitFor()
    const row = host.rows[0]
    if (row === undefined) throw new Error('no row')
    const news = { ...row, movedBytes: Math.round(row.sizeBytes * 0.64) }
    // Told until it is heard. A list that asks the host is told 20% again.
    await expect
      .poll(() => {
        host.tell({ rows: [news] })
        return first.textContent()
      })
      .toContain('Uploading 64%')
  })

  it('pauses everything and lets it go on', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 20, ...en })
    await page.getByRole('button', { name: 'Pause all' }).click()
    await page.getByText(/^All uploads paused/).waitFor()
    await page.getByText('Queued: All uploads paused').first().waitFor()
    await page.getByRole('button', { name: 'Resume all' }).click()
    await page.getByRole('button', { name: 'Pause all' }).waitFor()
  })

  it('shows its keys, and what calls are left', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 3, ...en })
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /calls left today/ }).click()
    await page.getByText('6,832 used').waitFor()
  })
})

describe('the drawer', () => {
  it('draws a cell for every part and tells about each', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 20, ...en })
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('complementary', { name: 'Details of the transfer' })
    await drawer.getByRole('img', { name: '108 of 540 parts uploaded' }).waitFor()
    await expect.poll(() => drawer.locator('.cells .cell').count()).toBe(540)
    await drawer.locator('[data-cell="12"]').hover()
    await drawer.getByText(/^Part 13 · 4\.0 MB · uploaded at .* · Adler-32 [0-9a-f]{8}$/).waitFor()
    await drawer.getByText('Resumed from part 38').waitFor()
    await drawer.getByText(/^Can be resumed for another 23 h/).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => drawer.count()).toBe(0)
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Enter')
    await drawer.waitFor()
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('ArrowDown')
    await page.locator('.drawer').getByText('合同-2026-11.pdf').first().waitFor()
    await page.goBack()
    await page.locator('.drawer').waitFor({ state: 'detached' })
    await page.getByRole('treegrid').waitFor()
  })

  it('merges the cells of very many parts', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 20, partCount: 10_000, ...en })
    await page.getByRole('row').nth(1).click()
    await page.getByRole('img', { name: 'of 10,000 parts uploaded' }).waitFor()
    await expect.poll(() => page.locator('.cells .cell').count()).toBe(2_000)
  })

  it('asks whether a file in Feishu is this one, and takes the word of the person', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 20, ...en })
    const candidates = [
      { fileToken: 'boxTheirs', createdAtMs: Date.UTC(2026, 10, 23, 9) },
      { fileToken: 'boxMine', url: 'https://example.feishu.cn/file/boxMine' },
    ]
    host.change(['t8'], (row) => ({
      ...row,
      state: { kind: 'failed', error: { code: 'outcome-unknown', atMs: 0, candidates } },
    }))
    await page.getByRole('row').nth(9).click()
    const files = page.getByRole('list', { name: 'Files in Feishu that may be this one' })
    await files.getByRole('listitem').nth(1).getByText('Open in Feishu').waitFor()
    await page.getByRole('button', { name: 'Upload again' }).waitFor()
    await files.getByRole('button', { name: 'This file is mine' }).nth(1).click()
    await expect
      .poll(() => host.rows[8]?.state)
      .toMatchObject({ kind: 'done', fileToken: 'boxMine' })
  })

  it('says what failed, whose turn it is, and does the remedy', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 20, ...en })
    await page.getByRole('row').nth(9).click()
    const card = page.getByRole('region', { name: 'What went wrong' })
    await card.waitFor()
    await card.getByText('Error details').click()
    await card.getByText('source-changed').waitFor()
    await card.getByRole('button', { name: 'Retry' }).click()
    await expect.poll(() => host.rows[8]?.state.kind).toBe('queued')
  })
})

describe('adding', () => {
  it('takes files of the machine, asks where to, and queues them', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 3, ...en })
    await page.keyboard.press('Control+o')
    await page.getByRole('button', { name: /poster\.png/ }).click()
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    await page.getByText('Files and folders go into this folder.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('1 file added').waitFor()
    expect(host.asked.find(({ channel }) => channel === 'queue.add')?.input).toMatchObject({
      paths: ['/home/lin/poster.png'],
      uploads: [],
      destination: 'folder:fld0',
      again: false,
    })
  })

  it('refuses what is no destination, in words', async (test) => {
    const { page } = await openStagedPage(test, browser(), { rows: 3, ...en })
    await page.keyboard.press('Control+Shift+O')
    await page.getByRole('button', { name: 'Choose this folder' }).click()
    await page.getByLabel('Destination link').fill('nonsense')
    await page.getByText('This is not a Feishu link').waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: 'Upload', exact: true }).isDisabled())
      .toBe(true)
  })

  it('takes a pasted link as the destination, and Enter before it is looked up', async (test) => {
    const { page, host } = await openStagedPage(test, browser(), { rows: 3, ...en })
    await page.getByRole('treegrid').focus()
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.setData('text/plain', 'https://a.feishu.cn/drive/folder/fldcnPasted')
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true }),
      )
    })
    await page.getByText('uploaded to https://a.feishu.cn/drive/folder/fldcnPasted').waitFor()
    await page.getByRole('button', { name: /notes\.txt/ }).click()
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    const field = page.getByLabel('Destination link')
    await expect.poll(() => field.inputValue()).toBe('https://a.feishu.cn/drive/folder/fldcnPasted')
    await field.fill('https://a.feishu.cn/drive/folder/fldcnOther')
    await field.press('Enter')
    await page.getByText('1 file added').waitFor()
    expect(host.asked.filter(({ channel }) => channel === 'queue.add')).toHaveLength(1)
  })
})

function rowCount(page: Page): Promise<number> {
  return page.evaluate(
    () => Number(document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount') ?? 1) - 1,
  )
}
