import { expect, it } from 'vitest'
import {
  concerns,
  formatReport,
  readAnswer,
  readChecklist,
} from '#main/dev/check-desktop/checklist.ts'

const points = readChecklist()

it('reads every point of the page, each for a system there is', () => {
  expect(points.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
  const platforms = ['darwin', 'linux', 'win32'] as const
  for (const point of points) {
    expect(
      platforms.some((platform) => concerns(point, platform)),
      point.title,
    ).toBe(true)
    expect(point.text).not.toMatch(/^##|Systems:/m)
  }
  expect(points.at(-1)?.text).toMatch(/with another signature at the feed: it is refused\.$/)
})

it('reports answers with their notes', () => {
  const [first, second, third] = points
  if (first === undefined || second === undefined || third === undefined) throw new Error('none')
  const answers = [
    readAnswer(first, 'y'),
    readAnswer(second, ' N  it said | damaged'),
    readAnswer(third, ''),
  ]
  const report = formatReport({ machine: { node: '24.21.0' }, specs: 'passed', answers })
  expect(report).toContain('- node: 24.21.0\n- specs on this Electron: passed\n')
  expect(report).toContain(`| 1. ${first.title} | yes |  |`)
  expect(report).toContain(`| 2. ${second.title} | **no** | it said \\| damaged |`)
  expect(report).toContain(`| 3. ${third.title} | not checked |  |`)
  // A sentence that begins with neither letter is a note.
  expect(readAnswer(first, 'nothing happens')).toMatchObject({ note: 'nothing happens' })
  expect(readAnswer(first, 'nothing happens').isRight).toBeUndefined()
})
