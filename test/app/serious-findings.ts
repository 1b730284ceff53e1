import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules that another theme can break. */
export const RULES_ON_COLOURS: readonly string[] = ['color-contrast', 'link-in-text-block']

/** Returns what axe finds wrong with a page that would keep a person from using it; by all rules unless some are named. */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<unknown[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(AXE)
  const violations = await page.evaluate(async (runOnly) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe }
    const results = await inPage.run(document, {
      // The elements that pass are the most, and are not collected.
      resultTypes: ['violations'],
      // No rule that is on asks for the style sheets, and there are no frames.
      preload: false,
      iframes: false,
      ...(runOnly && { runOnly: [...runOnly] }),
    })
    return results.violations.map(({ id, impact, nodes }) => {
      return { id, impact, html: nodes.slice(0, 3).map((node) => node.html) }
    })
  }, rules)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, html }) => [id, html])
}
