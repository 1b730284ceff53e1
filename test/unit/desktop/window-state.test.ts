import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BACKGROUND } from '#main/desktop/main-window.ts'
import { type Bounds, DEFAULT_SIZE, type Placement, placement } from '#main/desktop/window-state.ts'

const SCREEN: Bounds = { x: 0, y: 0, width: 1_920, height: 1_040 }
/** 1366 × 768 at a scale of 150 %, less the taskbar. */
const SMALL_SCREEN: Bounds = { x: 0, y: 0, width: 911, height: 472 }
const LEFT_SCREEN: Bounds = { x: -1_280, y: 0, width: 1_280, height: 1_000 }

describe('where the window opens', () => {
  it.each<[string, Bounds | null, readonly Bounds[], Partial<Placement>]>([
    ['the first time', null, [SCREEN], DEFAULT_SIZE],
    [
      'where it was',
      { x: 100, y: 50, width: 1_000, height: 700 },
      [SCREEN],
      { x: 100, y: 50, width: 1_000, height: 700 },
    ],
    [
      'on the second screen',
      { x: -1_000, y: 50, width: 1_000, height: 700 },
      [SCREEN, LEFT_SCREEN],
      { x: -1_000, y: 50, width: 1_000, height: 700 },
    ],
    [
      'elsewhere when that screen is gone',
      { x: -1_000, y: 50, width: 1_000, height: 700 },
      [SCREEN],
      DEFAULT_SIZE,
    ],
    [
      'elsewhere when only a corner would show',
      { x: 1_850, y: 50, width: 1_000, height: 700 },
      [SCREEN],
      DEFAULT_SIZE,
    ],
    [
      'elsewhere when its bar would be above the screen',
      { x: 100, y: -400, width: 1_000, height: 700 },
      [SCREEN],
      DEFAULT_SIZE,
    ],
    [
      'no larger than the screen of today',
      { x: 0, y: 0, width: 3_840, height: 2_100 },
      [SCREEN],
      { x: 0, y: 0, width: 1_920, height: 1_040 },
    ],
    [
      'no larger than a small screen, whatever its least size',
      null,
      [SMALL_SCREEN],
      { width: 911, height: 472, minWidth: 900, minHeight: 472 },
    ],
    ['anywhere without any screen', { x: 0, y: 0, width: 1_000, height: 700 }, [], DEFAULT_SIZE],
  ])('%s', (_, stored, areas, expected) => {
    const least = { minWidth: 900, minHeight: 600 }
    expect(placement(stored, areas)).toEqual({ ...least, ...expected })
  })
})

it('the window has the colour of its page before the page is there', () => {
  const tokens = readFileSync('renderer/ui/tokens.css', 'utf8')
  expect(tokens).toContain(`--bg: light-dark(${BACKGROUND.light}, ${BACKGROUND.dark});`)
})
