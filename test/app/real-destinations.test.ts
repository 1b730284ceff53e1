/** Every kind of destination from a pasted link to the uploaded file: browser, host, engine and a simulated Feishu. */
import type { Page } from 'playwright-core'
import { describe, expect, inject, it, type TestContext } from 'vitest'
import { openWebScene, type WebScene } from '#test/web/web-scene.ts'
import { openPage } from './open-page.ts'
import { skipWelcome } from './real-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
/** Feishu is asked again for every choice. */
const LINK = 'https://example.feishu.cn'

async function open(test: TestContext): Promise<{ page: Page; scene: WebScene }> {
  const scene = await openWebScene(test, { web: { rendererFolder: inject('rendererFolder') } })
  const page = await openPage(test, browser(), scene.web.newLink().url)
  await skipWelcome(page)
  await page.getByRole('heading', { name: 'Drop files here' }).waitFor()
  return { page, scene }
}

/** A file on its way into the queue, its destination pasted. */
async function give(page: Page, name: string, link: string): Promise<void> {
  await page.setInputFiles('.file-field', {
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(50_000, 7),
  })
  await page.getByLabel('Destination link').fill(link)
}

async function upload(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Upload( \d|$)/ }).click()
  await page.getByRole('row').nth(1).getByText('Done').waitFor()
}

describe('a pasted link', () => {
  it('of a wiki page: the document behind it gets a block, and is opened afterwards', async (test) => {
    const { page, scene } = await open(test)
    const document = scene.simulator.addDocument({ title: '项目周报' })
    scene.simulator.addWikiNode({ token: 'wikcn1', objType: 'docx', objToken: document.token })
    await give(page, 'a.pdf', `${LINK}/wiki/wikcn1?from=copy`)
    await page.locator('.place').getByText('项目周报').waitFor()
    await upload(page)
    await page.getByRole('row').nth(1).getByText('项目周报').waitFor()
    expect(scene.simulator.blocks(document.token).at(-1)?.fileToken).not.toBe('')
    await page.getByRole('row').nth(1).click()
    const target = page.locator('.drawer').getByRole('link', { name: '项目周报' })
    await expect.poll(() => target.getAttribute('href')).toBe('https://www.feishu.cn/wiki/wikcn1')
  })

  it('of a Base: the table and the field are chosen, further fields filled', async (test) => {
    const { page, scene } = await open(test)
    const fields = [
      { name: '名称', type: 'text' },
      { name: '合同', type: 'attachment' },
      { name: '发票', type: 'attachment' },
    ] as const
    const base = scene.simulator.addBase({
      name: '台账',
      tables: [
        { id: 'tbl1', name: '2025', fields },
        { id: 'tbl2', name: '2026', fields },
      ],
    })
    await give(page, '发票-11.pdf', `${LINK}/base/${base.token}`)
    await page.getByRole('button', { name: '2026' }).click()
    await page.getByRole('button', { name: '发票' }).click()
    await page.getByText('One record for each file in the table “2026”, field “发票”').waitFor()
    await page.getByText('Fill in more fields').click()
    await page.getByLabel('File name').selectOption('名称')
    await expect.poll(() => page.getByLabel('File name').inputValue()).not.toBe('')
    await page.getByText('One record for each file').waitFor()
    await upload(page)
    await page.getByRole('row').nth(1).getByText('台账 › 2026').waitFor()
    const [record, ...others] = scene.simulator.records(base.token, 'tbl2')
    expect(others).toEqual([])
    expect(record?.fields).toMatchObject({ 名称: '发票-11.pdf' })
    expect(record?.fields['发票']).toHaveLength(1)
  })

  it('of a sheet: a picture goes there, anything else is refused with the reason', async (test) => {
    const { page, scene } = await open(test)
    const sheet = scene.simulator.addSpreadsheet({ title: '照片', sheets: [{ title: '一月' }] })
    await give(page, 'a.png', `${LINK}/sheets/${sheet.token}`)
    await page.getByText('Pictures float over the sheet “一月”').waitFor()
    await upload(page)
    expect(sheet.images).toHaveLength(1)
    await give(page, 'b.txt', `${LINK}/sheets/${sheet.token}`)
    await page.locator('.place').waitFor()
    await page.getByRole('button', { name: /^Upload( \d|$)/ }).click()
    await page.getByText('A spreadsheet only takes pictures').first().waitFor()
  })

  it('of a place that may only be read is refused before anything is sent', async (test) => {
    const { page, scene } = await open(test)
    const document = scene.simulator.addDocument({ title: '董事会纪要' })
    scene.simulator.setAccess(document.token, 'view')
    await give(page, 'a.pdf', `${LINK}/docx/${document.token}`)
    await page.getByText('cannot edit this destination: 董事会纪要').waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: /^Upload( \d|$)/ }).isEnabled())
      .toBe(false)
  })

  it('that needs a scope the app lacks names it', async (test) => {
    const { page, scene } = await open(test)
    const document = scene.simulator.addDocument()
    scene.simulator.faults.add({
      endpoint: 'docx/get_document',
      times: 'always',
      do: { kind: 'answer', status: 400, code: 99991672 },
    })
    await give(page, 'a.pdf', `${LINK}/docx/${document.token}`)
    await page.locator('.notice.bad').getByText('lacks a scope').waitFor()
  })
})
