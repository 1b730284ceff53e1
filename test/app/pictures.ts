/**
 * `npm run pictures`, after a build: takes the pictures of README and guide from a staged host, so that they show
 * what is there today. The same sources give the same pictures on the same machine. With names
 * (`npm run pictures -- queue watch`) it takes those only.
 */
import { writeFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { findRenderer } from '#main/lib/static-files.ts'
import type { AppSettings } from '#shared/contract/settings-schema.ts'
import { launchBrowser } from './browser.ts'
import { enter } from './open-page.ts'
import { SCREENS, type Screen } from './screens.ts'
import { openStage } from './stage/open-stage.ts'

interface Picture extends Screen {
  readonly theme?: AppSettings['theme']
}

/** Screens that the guide shows, by the names of their pictures. */
const OF_THE_GUIDE = {
  'first-step': 'first step',
  destination: 'choosing a destination',
  failure: 'drawer of a failure',
  watch: 'adding a watched folder',
} as const

const PICTURES: readonly Picture[] = [
  { name: 'queue', stage: { rows: 1_204 }, show: showQueue },
  { name: 'queue-dark', theme: 'dark', stage: { rows: 1_204 }, show: showQueue },
  { name: 'drawer', stage: { rows: 1_204 }, show: showDrawer },
  { name: 'folders', stage: { rows: 300, rules: 5 }, show: showFolders },
  ...Object.entries(OF_THE_GUIDE).map(([name, title]) => ({ ...screenCalled(title), name })),
]

const LANGUAGES = { en: 'en', 'zh-CN': 'zh' } as const
const NOW_MS = Date.parse('2026-11-24T15:12:00+08:00')
const TIME_ZONE = 'Asia/Shanghai'
/** GitHub shows pages of text about 830 px wide; twice that is sharp everywhere. */
const VIEWPORT = { width: 1_200, height: 760 }
const MOST_BYTES = 200_000

/** @throws Error when the tests have no such screen any more */
function screenCalled(title: string): Screen {
  const screen = SCREENS.find(({ name }) => name === title)
  if (screen === undefined) throw new Error(`no screen is called “${title}”`)
  return screen
}

async function showQueue(page: Page): Promise<void> {
  await page.getByRole('row').nth(10).waitFor()
}

async function showDrawer(page: Page): Promise<void> {
  await page.getByRole('row').nth(1).click()
  await page.locator('.drawer .timeline, .drawer ol').first().waitFor()
}

async function showFolders(page: Page): Promise<void> {
  await page.locator('.side-item').nth(1).click()
  await page.locator('.rule').first().waitFor()
}

async function takePicture(
  browser: Browser,
  renderer: string,
  { name, stage, theme = 'light', welcomed, show }: Picture,
  language: keyof typeof LANGUAGES,
): Promise<void> {
  const settings = { language, theme, welcomed: welcomed ?? true }
  const opened = await openStage(renderer, { ...stage, settings, nowMs: NOW_MS })
  const context = await browser.newContext({
    viewport: VIEWPORT,
    deviceScaleFactor: 2,
    locale: language,
    timezoneId: TIME_ZONE,
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  try {
    const page = await context.newPage()
    await page.clock.setFixedTime(NOW_MS)
    await enter(page, opened.newLink())
    await show?.(page, opened.host)
    await write(`${name}-${LANGUAGES[language]}`, await page.screenshot())
  } finally {
    await context.close()
    await opened.close()
  }
}

/** @throws Error when a picture is too large to be in a repository */
async function write(name: string, screenshot: Buffer): Promise<void> {
  // The pages have few colours: a palette looks the same in a fraction of the bytes.
  const image = await sharp(screenshot).png({ palette: true, quality: 95, effort: 10 }).toBuffer()
  if (image.length > MOST_BYTES) throw new Error(`${name} has ${image.length} bytes`)
  await writeFile(`docs/images/${name}.png`, image)
  process.stdout.write(`docs/images/${name}.png ${Math.round(image.length / 1_000)} KB\n`)
}

const renderer = findRenderer()
if (renderer === undefined) throw new Error('nothing is built: npm run build')
const wanted = process.argv.slice(2)
const browser = await launchBrowser()
try {
  for (const picture of PICTURES) {
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue
    for (const language of ['en', 'zh-CN'] as const) {
      // One in the dark is enough.
      if (picture.theme === 'dark' && language !== 'en') continue
      await takePicture(browser, renderer, picture, language)
    }
  }
} finally {
  await browser.close()
}
