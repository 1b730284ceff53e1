/** A newer version: named, downloaded and installed only as the person says. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, type TestContext, vi } from 'vitest'
import { openHome } from '#main/app/open-engine.ts'
import { queue } from '../desktop/actions.ts'
import { type DesktopOptions, openDesktop } from '../desktop/open-desktop.ts'
import type { StandInUpdate } from '../stand-in/app.ts'
import { OUR_SIGNER } from '../stand-in/updater.ts'

const MiB = 1024 * 1024
const METADATA = 'version: 0.2.0\nreleaseNotes: |\n  Folders can be paused.\n  <b>bold</b>\n'
const INSTALLS = 'installs, silent true, starts again true'

async function aFeed(test: TestContext): Promise<string> {
  const server = createServer((_request, response) => response.end(METADATA))
  server.listen(0, '127.0.0.1')
  await vi.waitUntil(() => server.listening)
  test.onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feidi`
}

async function openWithUpdate(
  test: TestContext,
  options: DesktopOptions,
  fails?: StandInUpdate['fails'],
) {
  const did: string[] = []
  const lying = { feed: await aFeed(test), version: '0.2.0', signer: OUR_SIGNER, did }
  const system = { update: { ...lying, ...(fails !== undefined && { fails }) } }
  const desktop = await openDesktop(test, { system, ...options })
  const page = await desktop.page()
  const ask = (channel: 'updates.look' | 'updates.download' | 'updates.install') =>
    page.evaluate((name) => window.feidi?.request(name, {}), channel)
  const step = async () => {
    const answer = await page.evaluate(() => window.feidi?.request('app.info', {}))
    return answer?.ok === true ? answer.value.updates?.install?.step : undefined
  }
  const getReady = async () => {
    await ask('updates.look')
    await ask('updates.download')
    await expect.poll(step).toBe('ready')
  }
  return { desktop, page, did, ask, step, getReady }
}

it('is downloaded and installed when told to, and nothing is said about the computer', async (test) => {
  const { desktop, page, did } = await openWithUpdate(test, { platform: 'win32', account: false })
  await page.getByRole('button', { name: 'Settings' }).first().click()
  const about = page.locator('#settings-about')
  await about.getByRole('button', { name: 'Look now' }).click()
  await about.getByText('Version 0.2.0 is available').waitFor()
  await about.getByText('What is new').click()
  await about.getByText('<b>bold</b>').waitFor()
  // The person decides.
  expect(did).toEqual([])
  await about.getByRole('button', { name: 'Download' }).click()
  await about.getByText('Downloaded and checked').waitFor()
  expect(did).toEqual(['asked as 0'])
  await about.getByRole('button', { name: 'Restart and install' }).click()
  expect(await desktop.exited).toBe(0)
  expect(did).toEqual(['asked as 0', INSTALLS])
  // The home was given back.
  openHome({ home: desktop.home, command: 'test', version: '1' }).close()
})

it('interrupts no file on its way', async (test) => {
  const options = { platform: 'darwin', alwaysInParts: true, blockSizeBytes: MiB } as const
  const { desktop, ask, step, did, getReady } = await openWithUpdate(test, options)
  const film = await desktop.write('film.mov', 3 * MiB)
  const gate = desktop.simulator.hold({ endpoint: 'files/upload_part', seq: 1 })
  await queue(desktop, film)
  await gate.reached
  await getReady()
  await ask('updates.install')
  await expect.poll(step).toBe('waiting')
  expect(did).toEqual(['asked as 0'])
  gate.release()
  expect(await desktop.exited).toBe(0)
  expect(did).toContain(INSTALLS)
  expect(desktop.simulator.files().map(({ name }) => name)).toContain('film.mov')
})

it('leaves the version that runs where it cannot be installed, which then says so', async (test) => {
  const options = { platform: 'darwin', account: false } as const
  const { desktop, ask, getReady } = await openWithUpdate(test, options, 'installing')
  await getReady()
  // The window may be gone before the answer.
  await ask('updates.install').catch(() => {})
  expect(await desktop.exited).toBe(0)
  expect(await desktop.run(({ seen }) => seen.relaunch)).toBeDefined()
  const page = await (await desktop.restart()).page()
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await page.getByText('The new version 0.2.0 could not be installed').waitFor()
})
