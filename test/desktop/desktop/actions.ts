/** A person's view and actions outside the window: tray, menus, notifications, questions. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectBytes } from '#test/kit/feidi/uploads.ts'
import type { DesktopUnderTest, WrittenFile } from './desktop-under-test.ts'

export function trayOf(desktop: DesktopUnderTest) {
  return desktop.run(({ seen }) => ({
    icon: seen.tray?.icon.replace(/^tray-|(Template|-linux)?\.png$/g, ''),
    toolTip: seen.tray?.toolTip,
    menu: seen.tray?.menu.filter(({ type }) => type === 'normal').map(({ label }) => label),
  }))
}

export function clickTray(desktop: DesktopUnderTest): Promise<void> {
  return desktop.run(({ seen }) => void seen.tray?.tray.emit('click'))
}

/** Chooses an item of the tray's menu, by its id. */
export async function chooseInTray(desktop: DesktopUnderTest, id: string): Promise<void> {
  const found = await desktop.run(({ seen }, wanted) => {
    const item = seen.tray?.menu.find((each) => each.id === wanted)
    item?.click()
    return item !== undefined
  }, id)
  expect(found, `an item ${id} in the menu of the tray`).toBe(true)
}

/** Chooses an item of the menu bar, by its id. */
export async function chooseInMenu(desktop: DesktopUnderTest, id: string): Promise<void> {
  const found = await desktop.run(({ electron }, wanted) => {
    const menus = electron.Menu.getApplicationMenu()?.items ?? []
    const item = menus
      .flatMap(({ submenu }) => submenu?.items ?? [])
      .find((each) => each.id === wanted)
    item?.click()
    return item !== undefined
  }, id)
  expect(found, `an item ${id} in the menu bar`).toBe(true)
}

export function notificationsOf(desktop: DesktopUnderTest) {
  return desktop.run(({ seen }) => seen.notifications.map(({ title, body }) => ({ title, body })))
}

export function clickLastNotification(desktop: DesktopUnderTest): Promise<void> {
  return desktop.run(({ seen }) => void seen.notifications.at(-1)?.notification.emit('click'))
}

export function boxesOf(desktop: DesktopUnderTest) {
  return desktop.run(({ seen }) =>
    seen.boxes.map(({ message, detail, buttons, isTakenBack }) => ({
      message,
      detail,
      buttons,
      isTakenBack,
    })),
  )
}

/** Waits for a question and presses one of its buttons. */
export async function answerBox(
  desktop: DesktopUnderTest,
  message: string,
  button: string,
): Promise<void> {
  await expect.poll(async () => (await boxesOf(desktop)).at(-1)?.message).toBe(message)
  await desktop.run(({ seen }, label) => {
    const box = seen.boxes.at(-1)
    box?.answer(box.buttons.indexOf(label))
  }, button)
}

export function windowCount(desktop: DesktopUnderTest): Promise<number> {
  return desktop.run(({ electron }) => electron.BrowserWindow.getAllWindows().length)
}

export function askToClose(desktop: DesktopUnderTest): Promise<void> {
  return desktop.run(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.close())
}

export async function closeWindow(desktop: DesktopUnderTest): Promise<void> {
  await askToClose(desktop)
  await expect.poll(() => windowCount(desktop)).toBe(0)
}

/** Puts another window in front of ours. */
export function lookElsewhere(desktop: DesktopUnderTest): Promise<void> {
  return desktop.run(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.blur())
}

/** Queues files as the page does. */
export async function queue(desktop: DesktopUnderTest, ...written: WrittenFile[]): Promise<void> {
  const page = await desktop.page()
  const answer = await page.evaluate(
    ([files, destination]) =>
      window.feidi?.request('queue.add', {
        paths: [...files],
        uploads: [],
        destination,
        again: false,
      }),
    [written.map(({ path }) => path), desktop.to] as const,
  )
  expect(answer).toMatchObject({ ok: true })
}

/** Drags files or folders of the machine over the page and lets them go. */
export async function drop(desktop: DesktopUnderTest, page: Page, ...paths: string[]) {
  for (const path of paths) await desktop.tellPath(page, path)
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data })
  }
  await session.detach()
}

/** The file is in Feishu, wherever there, exactly once and byte for byte. */
export async function expectArrived({ simulator }: DesktopUnderTest, file: WrittenFile) {
  const found = simulator.files().filter(({ name }) => name === file.name)
  expect(found, `files named ${file.name}`).toHaveLength(1)
  await expectBytes(simulator, found[0]?.token ?? '', file.bytes)
}
