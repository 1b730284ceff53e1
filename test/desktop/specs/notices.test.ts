/** Messages that Feidi shows by itself: notifications, the question before quitting, faults. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  answerBox,
  askToClose,
  boxesOf,
  clickLastNotification,
  lookElsewhere,
  notificationsOf,
  queue,
  trayOf,
} from '../desktop/actions.ts'
import type { DesktopUnderTest } from '../desktop/desktop-under-test.ts'
import { openDesktop } from '../desktop/open-desktop.ts'

const MiB = 1024 * 1024

function refuseOnce({ simulator }: DesktopUnderTest) {
  simulator.faults.add({
    endpoint: 'files/upload_all',
    do: { kind: 'answer', status: 403, code: 1061004 },
  })
}

describe('a notification', () => {
  it('is shown once for a batch, and opens what is done', async (test) => {
    const desktop = await openDesktop(test)
    const names = ['a.txt', 'b.txt', 'c.txt']
    const files = await Promise.all(names.map((name) => desktop.write(name, 1_024)))
    await lookElsewhere(desktop)
    await queue(desktop, ...files)
    await expect
      .poll(() => notificationsOf(desktop))
      .toEqual([{ title: '3 files uploaded', body: '3.0 KB' }])
    await clickLastNotification(desktop)
    const page = await desktop.page()
    await page.getByRole('tab', { name: /Done/, selected: true }).waitFor()
  })

  it('names the one file it is about, and opens it', async (test) => {
    const desktop = await openDesktop(test)
    await lookElsewhere(desktop)
    await queue(desktop, await desktop.write('报告.docx', 1_024))
    await expect
      .poll(() => notificationsOf(desktop))
      .toEqual([{ title: '报告.docx uploaded', body: '1.0 KB' }])
    await clickLastNotification(desktop)
    const drawer = (await desktop.page()).getByRole('complementary')
    await drawer.getByRole('heading', { name: '报告.docx' }).waitFor()
  })

  it('says that a file needs the person, and opens it', async (test) => {
    const desktop = await openDesktop(test)
    refuseOnce(desktop)
    await lookElsewhere(desktop)
    await queue(desktop, await desktop.write('报告.docx', 1_024))
    await expect
      .poll(() => notificationsOf(desktop))
      .toEqual([{ title: '1 needs attention', body: '报告.docx' }])
    await clickLastNotification(desktop)
    const drawer = (await desktop.page()).getByRole('complementary')
    await drawer.getByRole('heading', { name: '报告.docx' }).waitFor()
  })

  it('that the system refuses is noticed, and the settings say so', async (test) => {
    const desktop = await openDesktop(test, { system: { notifications: 'refused' } })
    const page = await desktop.page()
    await lookElsewhere(desktop)
    await queue(desktop, await desktop.write('报告.docx', 1_024))
    await expect.poll(() => notificationsOf(desktop)).toHaveLength(1)
    const shown = () => page.evaluate(() => window.feidi?.request('app.info', {}))
    await expect.poll(shown).toMatchObject({ value: { capabilities: { notifications: false } } })
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText("Your system does not show Feidi's notifications").waitFor()
  })

  it('is not shown to a person who looks at the window, or does not want any', async (test) => {
    const desktop = await openDesktop(test, { settings: { notifyBatchDone: false } })
    const page = await desktop.page()
    await queue(desktop, await desktop.write('a.txt', 1_024))
    await page.getByRole('row').getByText('Done').waitFor()
    await page.evaluate(() =>
      window.feidi?.request('settings.set', { change: { notifyBatchDone: true } }),
    )
    await queue(desktop, await desktop.write('b.txt', 1_024))
    await expect.poll(() => page.getByRole('row').getByText('Done').count()).toBe(2)
    await lookElsewhere(desktop)
    await queue(desktop, await desktop.write('c.txt', 1_024))
    // Only the third is told: whatever the first two had led to would stand before it.
    await expect.poll(() => notificationsOf(desktop)).toMatchObject([{ title: 'c.txt uploaded' }])
  })
})

describe('quitting', () => {
  async function uploading(test: Parameters<typeof openDesktop>[0], closeToTray = true) {
    const desktop = await openDesktop(test, {
      alwaysInParts: true,
      blockSizeBytes: MiB,
      settings: { closeToTray },
    })
    const gate = desktop.simulator.hold({ endpoint: 'files/upload_part', seq: 1 })
    await queue(desktop, await desktop.write('film.mov', 4 * MiB))
    await gate.reached
    await expect.poll(() => trayOf(desktop)).toMatchObject({ icon: 'working' })
    return { desktop, gate }
  }
  const quit = (desktop: DesktopUnderTest) => desktop.run(({ electron }) => electron.app.quit())

  it('while files are on their way is asked about; they go on next time', async (test) => {
    const { desktop, gate } = await uploading(test)
    await quit(desktop)
    await answerBox(desktop, 'Files are still uploading', 'Keep Uploading')
    await quit(desktop)
    await answerBox(desktop, 'Files are still uploading', 'Quit and Resume Later')
    expect(await desktop.exited).toBe(0)
    gate.abandon()
    const next = await desktop.restart()
    await (await next.page()).getByRole('row').getByText('Done').waitFor()
    // The part that was acknowledged before is not sent again.
    expect(next.simulator.files()).toHaveLength(1)
    expect(
      next.simulator.calls.filter(({ endpoint }) => endpoint === 'files/upload_part').length,
    ).toBeLessThanOrEqual(5)
  })

  it('by closing the window is asked about as well, and the window stays', async (test) => {
    const { desktop, gate } = await uploading(test, false)
    await askToClose(desktop)
    await answerBox(desktop, 'Files are still uploading', 'Keep Uploading')
    await (await desktop.page()).locator('main').waitFor()
    gate.release()
  })

  it('is not asked about when the system shuts down', async (test) => {
    const { desktop } = await uploading(test)
    await desktop.run(({ electron }) => void electron.powerMonitor.emit('shutdown'))
    expect(await desktop.exited).toBe(0)
    await expect.poll(() => boxesOf(desktop)).toEqual([])
  })
})

describe('an error that nobody catches', () => {
  it('is logged and shown, and a restart is offered', async (test) => {
    const desktop = await openDesktop(test)
    await desktop.page()
    await desktop.run(({ electron }) => {
      const details = { type: 'GPU', reason: 'crashed', exitCode: 5 }
      electron.app.emit('child-process-gone', {}, details)
    })
    await desktop.throwUncaught('what nobody thought of')
    await answerBox(desktop, 'Feidi ran into a problem', 'Continue')
    const [box] = await boxesOf(desktop)
    const log = join(desktop.home, 'logs', 'feidi.log')
    expect(box?.detail).toContain(log)
    expect(await readFile(log, 'utf8')).toMatch(/"type":"GPU"[\s\S]*what nobody thought of/)
    await desktop.throwUncaught('and another')
    await answerBox(desktop, 'Feidi ran into a problem', 'Restart')
    expect(await desktop.exited).toBe(0)
  })
})

describe('a home that can not be used', () => {
  it('is explained, and left as it is', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    await desktop.page()
    await desktop.close()
    const database = join(desktop.home, 'feidi.db')
    await writeFile(database, 'not a database')
    const next = await desktop.restart()
    expect(await next.exited).toBe(1)
    expect(await readFile(join(desktop.home, 'logs', 'feidi.log'), 'utf8')).toContain(
      'store-corrupt',
    )
    expect(await readFile(database, 'utf8')).toBe('not a database')
  })
})
