/** The host's process is killed in the middle of an upload; the page and the parts outlive it. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { rememberSlowLine } from '#test/kit/feidi/home.ts'
import { randomBytesOf } from '#test/kit/feidi/random-bytes.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import { startWebHost } from '#test/kit/feidi/web-host-process.ts'
import { startSimulator } from '#test/simulator/simulator.ts'
import { enter, openPage } from './open-page.ts'
import { queueFile, row, skipWelcome } from './real-host.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()
const KiB = 1024
const PARTS = 8
const UP_BEFORE = 4

it('shows the parts that were up before the kill, and sends only the others', async (test) => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'feidi-killed-')))
  test.onTestFinished(() => rm(root, { recursive: true, force: true }))
  const simulator = await startSimulator({ rate: 'off', blockSizeBytes: 64 * KiB })
  test.onTestFinished(() => simulator.close())
  const folderToken = simulator.createFolder('', 'Inbox')
  const [folder, home] = [join(root, 'files'), join(root, 'home')]
  await mkdir(folder)
  rememberSlowLine(home, 1)
  const name = '宣传片.mp4'
  const bytes = randomBytesOf(name, PARTS * 64 * KiB)
  await writeFile(join(folder, name), bytes)
  const { baseUrl } = simulator
  const input = { home, folder, baseUrl, appId: 'cli_demo', appSecret: 'demo-secret' }
  const gate = simulator.hold({ endpoint: 'files/upload_part', seq: UP_BEFORE })
  const start = () => startWebHost({ ...input, rendererFolder: inject('rendererFolder') })

  const host = await start()
  test.onTestFinished(() => host.close())
  const page = await openPage(test, browser(), await host.newLink())
  await skipWelcome(page)
  await queueFile(page, { folder, to: `folder:${folderToken}` }, name)
  await row(page, 1).click()
  const map = page.getByRole('complementary').getByRole('img', { name: /parts uploaded$/ })
  const partsUp = async () => Number.parseInt((await map.getAttribute('aria-label')) ?? '', 10)
  await gate.reached
  await expect.poll(partsUp).toBeGreaterThanOrEqual(UP_BEFORE)
  const shown = await partsUp()
  await host.kill()
  gate.abandon()
  await page.getByText('Lost contact with Feidi').waitFor()

  const again = await start()
  test.onTestFinished(() => again.close())
  await enter(page, await again.newLink())
  await row(page, 1).click()
  await map.waitFor()
  await expect.poll(partsUp).toBeGreaterThanOrEqual(shown)
  await page.getByText(/^Resumed from part/).waitFor()
  await expect.poll(partsUp).toBe(PARTS)
  await row(page, 1).getByText('Done').waitFor()
  await expectOnce(simulator, folderToken, { name, bytes })
  const sent = simulator.callsTo('files/upload_part').filter(({ fate }) => fate === 'committed')
  // The parts in flight at the kill may have to go again; what was acknowledged does not.
  const seqs = sent.map(({ seq }) => seq)
  for (let seq = 0; seq < shown; seq++) expect(seqs.filter((each) => each === seq)).toHaveLength(1)
  expect(simulator.callsTo('files/upload_prepare')).toHaveLength(1)
})
