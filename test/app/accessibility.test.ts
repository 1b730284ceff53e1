import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStagedPage } from './open-page.ts'
import { SCREENS } from './screens.ts'
import { RULES_ON_COLOURS, seriousFindings } from './serious-findings.ts'
import { withBrowser } from './with-browser.ts'

const browser = withBrowser()

/** The folder for pictures of the screens. */
const PICTURES = join('artefacts', 'screens')

beforeAll(() => mkdir(PICTURES, { recursive: true }))

describe('axe has nothing serious to say, in both themes,', () => {
  it.for(SCREENS)('of $name', async (screen, test) => {
    const language = SCREENS.indexOf(screen) % 2 === 0 ? ('zh-CN' as const) : ('en' as const)
    const settings = { theme: 'system' as const, language, welcomed: screen.welcomed ?? true }
    const { page, host } = await openStagedPage(test, browser(), { ...screen.stage, settings })
    await screen.show?.(page, host)
    // The page itself never scrolls, also not for what only a screen reader meets.
    const { scrollHeight, clientHeight } = await page.evaluate(() => {
      const { scrollHeight, clientHeight } = document.body
      return { scrollHeight, clientHeight }
    })
    expect(scrollHeight).toBe(clientHeight)
    const looks = new Set<string>()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      looks.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor))
      const picture = `${screen.name.replaceAll(/[^a-z]+/g, '-')}-${colorScheme}.png`
      await page.screenshot({ path: join(PICTURES, picture) })
      const rules = colorScheme === 'light' ? undefined : RULES_ON_COLOURS
      expect(await seriousFindings(page, rules), colorScheme).toEqual([])
    }
    expect(looks.size).toBe(2)
  })
})
