/** A page in front of the web host, the engine and a simulated Feishu, and what a person does there. */
import { realpath } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { inject, type TestContext } from 'vitest'
import { openWebScene, type SceneOptions, type WebScene } from '#test/web/web-scene.ts'
import { openPage } from './open-page.ts'

export interface RealPage {
  readonly page: Page
  readonly scene: WebScene
}

export async function openRealPage(
  test: TestContext,
  browser: Browser,
  options: SceneOptions = {},
): Promise<RealPage> {
  const scene = await openWebScene(test, {
    ...options,
    web: { rendererFolder: inject('rendererFolder'), ...options.web },
  })
  return { scene, page: await openPage(test, browser, scene.web.newLink().url) }
}

export async function skipWelcome(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Language and service' }).waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('heading', { name: 'Connect to Feishu' }).waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Skip' }).click()
  await page.getByRole('button', { name: 'Start using Feidi' }).click()
}

/** By hand: Add files, the folder, the file, the destination. */
export async function queueFile(
  page: Page,
  { folder, to }: Pick<WebScene, 'folder' | 'to'>,
  name: string,
): Promise<void> {
  await page.keyboard.press('Control+o')
  await pickFile(page, folder, name)
  await page.getByLabel('Destination link').fill(to)
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
}

/** In the dialog that lists folders of the host's machine. */
export async function pickFile(page: Page, folder: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Start at' }).selectOption(await realpath(folder))
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByRole('button', { name: 'Choose', exact: true }).click()
}

export function row(page: Page, index: number) {
  return page.getByRole('row').nth(index)
}
