import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openRealPage, skipWelcome } from './real-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

const RED = [220, 20, 40] as const

/** A PNG in one colour; `rows` of it are there, whatever its height says. */
function png(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.from([0, ...Array.from({ length: rows === 0 ? 0 : width }, () => RED).flat()])
  const content = deflateSync(Buffer.concat(Array.from({ length: rows }, () => line)))
  const chunks = [chunk('IHDR', header), chunk('IDAT', content), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

it('pictures are shown in the list and in full, and hostile ones harm nothing', async (test) => {
  const { page, scene } = await openRealPage(test, browser())
  await skipWelcome(page)
  const files = {
    '照片.png': png(300, 200),
    'bomb.png': png(60_000, 60_000, 0),
    'cut.png': png(300, 200).subarray(0, 60),
    'page.jpg': Buffer.from('<!doctype html><script>alert(1)</script>'),
    'notes.txt': Buffer.from('第一行\n<b>second</b>\n'),
  }
  const paths = Object.keys(files).map((name) => join(scene.folder, name))
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(scene.folder, name), content)
  }
  const session = await scene.signIn()
  await session.ask('queue.add', { paths, uploads: [], destination: scene.to, again: false })

  await expect.poll(() => colourIn(page, '照片.png'), { timeout: 20_000 }).toEqual(RED)
  const dialog = page.getByRole('dialog')
  for (const name of ['bomb.png', 'cut.png', 'page.jpg']) {
    await lookAt(page, name)
    await dialog.getByText('damaged, too large or of another type').waitFor()
    expect(await rowOf(page, name).locator('canvas').count()).toBe(0)
    await page.keyboard.press('Escape')
  }
  const { id = '' } = (await session.rows()).find(({ fileName }) => fileName === 'page.jpg') ?? {}
  const headers = { cookie: session.headers['cookie'] ?? '' }
  expect(await scene.raw({ path: `/picture/${id}`, headers })).toMatchObject({
    status: 200,
    // A browser that is led here saves it, and opens nothing.
    headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' },
  })
  expect((await scene.raw({ path: `/picture/${id}` })).status).toBe(401)
  expect((await scene.raw({ path: '/thumbnail/none', headers })).status).toBe(404)

  await lookAt(page, 'notes.txt')
  expect(await dialog.locator('pre').textContent()).toBe('第一行\n<b>second</b>\n')
  await page.keyboard.press('Escape')

  await lookAt(page, '照片.png')
  await dialog.getByRole('img', { name: '照片.png' }).waitFor()
  await dialog.getByText('Picture · PNG').waitFor()
  // The arrows lead to the next file, and back.
  const isLast = await rowOf(page, '照片.png').evaluate((row) => row.nextElementSibling === null)
  await page.keyboard.press(isLast ? 'ArrowLeft' : 'ArrowRight')
  await expect.poll(() => dialog.getByRole('heading').textContent()).not.toBe('照片.png')
  await page.keyboard.press(isLast ? 'ArrowRight' : 'ArrowLeft')
  await dialog.getByRole('img', { name: '照片.png' }).waitFor()
  await page.keyboard.press('Escape')
  const hasList = () => document.activeElement?.closest('[role=treegrid]') !== null
  await expect.poll(() => page.evaluate(hasList)).toBe(true)
  await page.keyboard.press('Control+y')
  await dialog.getByRole('img', { name: '照片.png' }).waitFor()
})

function rowOf(page: Page, name: string) {
  return page.getByRole('row').filter({ hasText: name })
}

async function lookAt(page: Page, name: string): Promise<void> {
  await rowOf(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Quick look' }).click()
  await page.getByRole('dialog').getByRole('heading', { name }).waitFor()
}

/** The colour in the middle of a row's picture; undefined while it is an icon. */
function colourIn(page: Page, name: string): Promise<number[] | undefined> {
  return rowOf(page, name).evaluate((row) => {
    const canvas = row.querySelector('canvas')
    const middle = canvas?.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1)
    return middle && [...middle.data.slice(0, 3)]
  })
}
