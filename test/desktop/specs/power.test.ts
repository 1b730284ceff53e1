/** The machine sleeps and wakes up, and is kept awake no longer than it has to be. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectArrived, queue } from '../desktop/actions.ts'
import type { DesktopUnderTest } from '../desktop/desktop-under-test.ts'
import { openDesktop } from '../desktop/open-desktop.ts'

const MiB = 1024 * 1024

async function uploading(
  test: Parameters<typeof openDesktop>[0],
  seq: number,
  platform?: NodeJS.Platform,
) {
  const where = platform === undefined ? {} : { platform }
  const desktop = await openDesktop(test, { alwaysInParts: true, blockSizeBytes: MiB, ...where })
  const film = await desktop.write('film.mov', 4 * MiB)
  const gate = desktop.simulator.hold({ endpoint: 'files/upload_part', seq })
  await queue(desktop, film)
  await gate.reached
  return { desktop, film, gate }
}

function system(desktop: DesktopUnderTest, event: 'suspend' | 'resume'): Promise<void> {
  return desktop.run(({ electron }, name) => void electron.powerMonitor.emit(name), event)
}

const blockers = (desktop: DesktopUnderTest) => desktop.run(({ seen }) => seen.awake.size)

const partsSent = ({ simulator }: DesktopUnderTest) =>
  simulator.calls.filter(({ endpoint }) => endpoint === 'files/upload_part').map(({ seq }) => seq)

describe('a machine that goes to sleep', () => {
  it('leaves its checkpoint behind and sends nothing, and goes on when it wakes up', async (test) => {
    const { desktop, film, gate } = await uploading(test, 2)
    await system(desktop, 'suspend')
    await expect.poll(() => blockers(desktop)).toBe(0)
    gate.abandon()
    const page = await desktop.page()
    await page.getByRole('row').getByText('Queued').waitFor()
    const sent = partsSent(desktop)
    expect(sent.filter((seq) => seq === 0)).toHaveLength(1)
    expect(desktop.simulator.files()).toEqual([])
    await system(desktop, 'resume')
    await page.getByRole('row').getByText('Done').waitFor()
    await expectArrived(desktop, film)
    // The parts acknowledged before are not sent again; the part that was cut off is.
    expect(partsSent(desktop).filter((seq) => seq !== undefined && seq < 2)).toEqual([0, 1])
  })

  it('comes back to fresh sockets: a call that hung is lost at once, and repeated', async (test) => {
    const { desktop, film } = await uploading(test, 1)
    // It was never told of going to sleep; the server still holds the call.
    await system(desktop, 'resume')
    await (await desktop.page()).getByRole('row').getByText('Done').waitFor()
    await expectArrived(desktop, film)
  })
})

it('a Windows session that may end halts uploads at a checkpoint, and goes on from there', async (test) => {
  const { desktop, film, gate } = await uploading(test, 2, 'win32')
  const tell = (event: string) =>
    desktop.run(({ electron }, name) => {
      electron.BrowserWindow.getAllWindows()[0]?.emit(name, {})
    }, event)
  await tell('query-session-end')
  const page = await desktop.page()
  await page.getByRole('row').getByText('Queued').waitFor()
  gate.abandon()
  expect(desktop.simulator.files()).toEqual([])
  await tell('session-end')
  expect(await desktop.exited).toBe(0)
  const next = await desktop.restart()
  await (await next.page()).getByRole('row').getByText('Done').waitFor()
  await expectArrived(next, film)
  expect(partsSent(next).filter((seq) => seq !== undefined && seq < 2)).toEqual([0, 1])
})

describe('keeping the machine awake', () => {
  it('lasts as long as a part is on its way, and is over within a second', async (test) => {
    const { desktop, gate } = await uploading(test, 1)
    await expect.poll(() => blockers(desktop)).toBe(1)
    const page = await desktop.page()
    const paused = page.evaluate(() => window.feidi?.request('queue.pause-all', { paused: true }))
    await paused
    await expect.poll(() => blockers(desktop), { timeout: 1_000, interval: 50 }).toBe(0)
    gate.abandon()
    await page.evaluate(() => window.feidi?.request('queue.pause-all', { paused: false }))
    await page.getByRole('row').getByText('Done').waitFor()
    await expect.poll(() => blockers(desktop), { timeout: 1_000, interval: 50 }).toBe(0)
  })
})

describe('on battery power', () => {
  const runsOn = (desktop: DesktopUnderTest, isOnBattery: boolean) =>
    desktop.run(({ electron }, is) => {
      electron.powerMonitor.isOnBatteryPower = () => is
      electron.powerMonitor.emit(is ? 'on-battery' : 'on-ac')
    }, isOnBattery)

  it('uploads rest if the person wants that, and go on with the plug', async (test) => {
    const { desktop, film, gate } = await uploading(test, 1)
    const page = await desktop.page()
    await runsOn(desktop, true)
    await expect.poll(() => page.getByText('On battery').count()).toBe(0)
    await page.evaluate(() =>
      window.feidi?.request('settings.set', { change: { pauseOnBattery: true } }),
    )
    await page.getByText('Queued: On battery, resumes when plugged in').waitFor()
    // There is nothing that a person could resume.
    await page.getByRole('button', { name: 'Pause all' }).waitFor()
    gate.abandon()
    await runsOn(desktop, false)
    await page.getByRole('row').getByText('Done').waitFor()
    await expectArrived(desktop, film)
  })
})

it('waking up scans the watched folders: what came meanwhile told nobody', async (test) => {
  const desktop = await openDesktop(test)
  const page = await desktop.page()
  const early = await desktop.write('watched/early.txt', 1_000)
  const rule = {
    folder: join(desktop.folder, 'watched'),
    destination: desktop.to,
    account: null,
    enabled: true,
    recursive: true,
    include: [],
    exclude: [],
    initialFiles: 'upload',
    subfolders: 'mirror',
    onChange: 'upload-again',
    onVanished: 'tell',
    dedupe: false,
    minimumBytes: 1,
    maximumBytes: null,
    settleMs: 50,
    followLinks: false,
    allowSensitive: false,
    overflowFolders: false,
    shareWith: null,
    // No events, as if they had been lost: it would be looked at half a minute later.
    noticing: 'polling',
    follow: false,
  } as const
  const saved = await page.evaluate(
    (wishes) => window.feidi?.request('rules.save', { id: null, rule: wishes as never }),
    rule,
  )
  expect(saved).toMatchObject({ ok: true, value: { kind: 'saved' } })
  await page.getByRole('row').getByText('Done').waitFor()
  await expectArrived(desktop, early)
  const late = await desktop.write('watched/late.txt', 1_000)
  await system(desktop, 'suspend')
  await system(desktop, 'resume')
  const isLateUp = page.getByRole('row', { name: /late\.txt/ }).getByText('Done')
  await isLateUp.waitFor()
  await expectArrived(desktop, late)
})
