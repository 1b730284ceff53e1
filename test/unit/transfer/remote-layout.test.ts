import { describe, expect, it } from 'vitest'
import { MOST_CHILDREN, type PlaceRow, RemoteLayout } from '#shared/transfer/remote-layout.ts'

function layout(overflow: boolean, places: PlaceRow[] = []) {
  return new RemoteLayout({ rootName: 'Scans', overflow, places })
}

/** Places so many files and counts them by remote folder. */
function fill(plan: RemoteLayout, folder: string[], files: number) {
  const counts: Record<string, number> = {}
  for (let file = 0; file < files; file++) {
    const place = plan.placeFile(folder)
    const key = place.kind === 'placed' ? place.remote.join('/') : place.code
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

describe('where files go', () => {
  it('a full folder goes on beside itself', () => {
    expect(fill(layout(true), ['2026-11'], 3_100)).toEqual({
      '2026-11': MOST_CHILDREN,
      '2026-11 (2)': MOST_CHILDREN,
      '2026-11 (3)': 100,
    })
  })

  it('unless the rule does not allow it', () => {
    expect(fill(layout(false), ['2026-11'], 1_502)).toEqual({ '2026-11': 1_500, 'folder-full': 2 })
  })

  it('the destination goes on in folders of its own, for which it keeps room', () => {
    expect(fill(layout(true), [], 4_500)).toEqual({
      '': 1_400,
      'Scans (2)': 1_500,
      'Scans (3)': 1_500,
      'Scans (4)': 100,
    })
    expect(fill(layout(false), [], 1_501)).toEqual({ '': 1_500, 'folder-full': 1 })
  })

  it('folders count as children', () => {
    const plan = layout(true)
    for (let folder = 0; folder < 1_400; folder++) plan.placeFile(['a', `${folder}`])
    expect(fill(plan, ['a'], 150)).toEqual({ a: 100, 'a (2)': 50 })
    expect(plan.placeFile(['a', 'late'])).toMatchObject({ remote: ['a (2)', 'late'] })
    expect(plan.placeFile(['a', '7'])).toMatchObject({ remote: ['a', '7'] })
  })

  it('a folder that is really called so is kept apart', () => {
    const plan = layout(true)
    plan.placeFile(['x (2)'])
    expect(Object.keys(fill(plan, ['x'], 1_501))).toEqual(['x', 'x (3)'])
  })

  it('fifteen levels are the limit, the destination among them', () => {
    const deep = (levels: number) => Array.from({ length: levels }, (_, level) => `${level}`)
    expect(layout(true).placeFile(deep(14)).kind).toBe('placed')
    expect(layout(true).placeFile(deep(15))).toMatchObject({
      kind: 'refused',
      code: 'folder-too-deep',
    })
  })

  it('a version goes beside the one before, as long as there is room', () => {
    const plan = layout(true)
    fill(plan, ['a'], 1_600)
    expect(plan.placeAgain(['a'], 2)).toMatchObject({ remote: ['a (2)'] })
    expect(plan.placeAgain(['a'], 1)).toMatchObject({ remote: ['a (2)'] })
    expect(plan.placeInstead(['a'], 1)).toMatchObject({ remote: ['a'] })
  })

  it('is remembered', () => {
    const before = layout(true)
    fill(before, ['a'], 1_600)
    const places = before.takeChanged()
    expect(before.takeChanged()).toEqual([])
    const after = layout(true, places)
    expect(after.takeChanged()).toEqual([])
    expect(fill(after, ['a'], 1_500)).toEqual({ 'a (2)': 1_400, 'a (3)': 100 })
  })
})
