import fc from 'fast-check'
import { expect, it } from 'vitest'
import { limitOf } from '#main/watch/follow/decide.ts'
import { LIMIT_SPAN_MS, TRASH_WAIT_MS } from '#shared/model/follow.ts'
import { FollowModel, HOUR_MS } from './follow-model.ts'

const FOLDERS = ['', 'a/', 'b/', 'a/c/', 'd/c/'] as const
const NAMES = ['1', '2', '3', '4'] as const

const path = fc
  .tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES))
  .map(([folder, name]) => folder + name)

const act = fc.oneof(
  fc.record({ do: fc.constant('add' as const), path }),
  fc.record({ do: fc.constant('move' as const), path, to: path }),
  fc.record({ do: fc.constant('delete' as const), path }),
  fc.record({ do: fc.constant('restore' as const), path }),
  fc.record({
    do: fc.constant('rename-folder' as const),
    from: fc.constantFrom('a/', 'b/', 'a/c/'),
    to: fc.constantFrom('b/', 'e/', 'a/x/', 'd/'),
  }),
  fc.record({ do: fc.constant('colleague' as const), folder: fc.constantFrom(...FOLDERS) }),
  fc.record({ do: fc.constant('everything-renamed' as const) }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant('look' as const) }),
)

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

function live(model: FollowModel, what: Act): void {
  switch (what.do) {
    case 'add':
      if (!model.local.has(what.path)) model.add(what.path)
      return
    case 'move':
      model.move(what.path, what.to)
      return
    case 'delete':
      model.delete(what.path)
      return
    case 'restore':
      model.restore(what.path)
      return
    case 'rename-folder':
      for (const each of [...model.local.keys()]) {
        if (each.startsWith(what.from)) model.move(each, what.to + each.slice(what.from.length))
      }
      return
    case 'colleague':
      model.addOthers(what.folder.split('/').slice(0, -1), 'theirs')
      return
    case 'everything-renamed':
      for (const each of [...model.local.keys()]) model.move(each, `${each}.locked`)
      return
    case 'wait':
      model.nowMs += what.hours * HOUR_MS
      model.pass()
      return
    case 'look':
      model.pass()
  }
}

/** Checks that calls no person was asked about keep to the limit, in any 24 hours. */
function expectWithinLimit({ unasked }: FollowModel, most: number): void {
  for (const atMs of unasked) {
    const inSpan = unasked.filter((each) => each > atMs - LIMIT_SPAN_MS && each <= atMs)
    expect(inSpan.length).toBeLessThanOrEqual(most)
  }
}

it('never touches what is not ours, never hurries, keeps the limit, and gets there when it may', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const model = new FollowModel()
      for (let at = 0; at < 12; at++) model.add(`${FOLDERS[at % 5] ?? ''}${at}`)
      const deletedAtMs = new Map<string, number>()
      let most = 0
      let others: string[] = []
      for (const each of acts) {
        const before = new Set(Object.keys(model.ours))
        live(model, each)
        most = Math.max(most, limitOf(model.view))
        for (const token of new Set(model.copies.map((copy) => copy.token))) {
          const isHere = [...model.local.values()].includes(token)
          if (isHere) deletedAtMs.delete(token)
          else if (!deletedAtMs.has(token)) deletedAtMs.set(token, model.nowMs)
        }
        for (const token of before) {
          if (token in model.ours || model.earlier.has(token)) continue
          expect(model.nowMs - (deletedAtMs.get(token) ?? Number.NaN)).toBeGreaterThanOrEqual(
            TRASH_WAIT_MS,
          )
          expect([...model.local.values()]).not.toContain(token)
        }
        if (each.do === 'colleague') others = model.others
        expect(model.others).toEqual(others)
      }
      expectWithinLimit(model, most)
      // A person agrees to everything, and a day goes by.
      for (let round = 0; round < 12; round++) {
        model.approvedAtMs = model.nowMs
        model.pass()
        model.nowMs += TRASH_WAIT_MS
      }
      const expected = [...model.local].map(([local, token]) => `${token} ${local}`)
      const there = Object.entries(model.ours).map(([token, remote]) => `${token} ${remote}`)
      expect(there.sort()).toEqual(expected.sort())
    }),
    { numRuns: 200 },
  )
})
