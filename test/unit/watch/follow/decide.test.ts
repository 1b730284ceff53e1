import { describe, expect, it } from 'vitest'
import { followLimit, TRASH_WAIT_MS } from '#shared/model/follow.ts'
import { FollowModel, HOUR_MS } from './follow-model.ts'

function modelWith(...paths: string[]): FollowModel {
  const model = new FollowModel()
  for (const path of paths) model.add(path)
  return model
}

/** Enough files that the limit is 20. */
function largeModel(): FollowModel {
  return modelWith(...Array.from({ length: 400 }, (_, at) => `many/${at}.txt`))
}

describe('a file that is renamed or moved here', () => {
  it('is renamed and moved there, in one step', () => {
    const model = modelWith('a.txt', 'old/b.txt', 'old/c.txt')
    model.move('old/b.txt', 'new/d.txt')
    model.pass()
    expect(Object.values(model.ours).sort()).toEqual(['a.txt', 'new/d.txt', 'old/c.txt'])
    expect(model.stepsOf('move', 'done')).toHaveLength(1)
    model.pass()
    expect(model.steps).toHaveLength(1)
  })

  it('is left alone while its content is not certain', () => {
    const model = modelWith('a.txt')
    model.move('a.txt', 'b.txt')
    model.seen.set('b.txt', 'busy')
    model.pass()
    expect(model.steps).toEqual([])
  })

  it('is moved once where it has moved on before the first step was taken', () => {
    const model = largeModel()
    for (let at = 0; at < 21; at++) model.move(`many/${at}.txt`, `many/x${at}.txt`)
    model.pass()
    expect(model.stop?.kind).toBe('limit')
    model.move('many/x0.txt', 'many/y0.txt')
    model.pass()
    const names = model.stepsOf('move').map(({ to }) => to?.name)
    expect(names).toHaveLength(21)
    expect(names).toContain('y0.txt')
  })

  it('takes its folder along where Feidi made it and nothing else is known in it', () => {
    const model = modelWith('old/a.txt', 'old/deep/b.txt', 'c.txt')
    model.move('old/a.txt', 'new/a.txt')
    model.move('old/deep/b.txt', 'new/deep/b.txt')
    model.pass()
    expect(model.stepsOf('folder', 'done')).toMatchObject([{ path: 'new' }])
    expect(model.stepsOf('move', 'done')).toEqual([])
    expect(Object.values(model.ours)).toContain('new/deep/b.txt')
  })

  it('goes by itself where a colleague uses the folder', () => {
    const model = modelWith('old/a.txt', ...Array.from({ length: 30 }, (_, at) => `f${at}.txt`))
    model.addOthers(['old'], 'theirs.txt')
    model.move('old/a.txt', 'new/a.txt')
    model.pass()
    model.pass()
    expect(Object.values(model.ours)).toContain('new/a.txt')
    expect(model.others).toEqual(['old/theirs.txt'])
  })

  it('goes by itself where its folder went into itself', () => {
    const model = modelWith('old/a.txt', 'old/old/b.txt', 'c.txt')
    model.move('old/a.txt', 'old/old/a.txt')
    model.pass()
    expect(model.stepsOf('folder', 'done')).toEqual([])
    expect(Object.values(model.ours)).toContain('old/old/a.txt')
  })
})

describe('a file that is deleted here', () => {
  it('goes to the recycle bin a day later', () => {
    const model = modelWith('a.txt', 'b.txt')
    model.delete('a.txt')
    model.pass()
    model.nowMs += TRASH_WAIT_MS - 1
    model.pass()
    expect(Object.values(model.ours)).toContain('a.txt')
    model.nowMs += 1
    model.pass()
    expect(Object.values(model.ours)).toEqual(['b.txt'])
  })

  it('stays when it comes back in time', () => {
    const model = modelWith('a.txt')
    model.delete('a.txt')
    model.pass()
    model.restore('a.txt')
    model.nowMs += 2 * TRASH_WAIT_MS
    model.pass()
    expect(model.steps).toEqual([])
    expect(Object.values(model.ours)).toEqual(['a.txt'])
  })

  it('stays with the account of an app, and when it had gone before', () => {
    const app = modelWith('a.txt')
    app.mayTrash = false
    const before = modelWith('a.txt')
    before.sinceMs = before.nowMs + 1
    for (const model of [app, before]) {
      model.delete('a.txt')
      model.pass()
      expect(model.steps).toEqual([])
    }
  })

  it('stays as long as another local file is up through it, and then lies as that one does', () => {
    const model = modelWith('a.txt', 'other/c.txt')
    const [copy] = model.copies
    if (copy === undefined) throw new Error('no copy')
    model.copies.push({ ...copy, path: 'other/b.txt' })
    model.local.set('other/b.txt', copy.token)
    model.seen.set('other/b.txt', { hash: copy.token })
    model.delete('a.txt')
    model.pass()
    expect(model.ours[copy.token]).toBe('other/b.txt')
  })

  it('stays when it is not certainly ours', () => {
    const model = modelWith('a.txt', 'b.txt')
    model.copies = model.copies.map((copy) => ({ ...copy, isOurs: false }))
    model.delete('a.txt')
    model.move('b.txt', 'c.txt')
    model.pass()
    expect(model.steps).toEqual([])
  })
})

describe('the limit', () => {
  it('is 20 files or a tenth of them, and one at least', () => {
    expect([0, 9, 19, 20, 199, 200, 10_000].map(followLimit)).toEqual([1, 1, 1, 2, 19, 20, 20])
  })

  it('stops everything until a person agrees', () => {
    const model = largeModel()
    for (let at = 0; at < 50; at++) model.delete(`many/${at}.txt`)
    model.pass()
    model.nowMs += 100 * HOUR_MS
    model.pass()
    expect(model.stop?.kind).toBe('limit')
    expect(Object.keys(model.ours)).toHaveLength(400)
    expect(model.stepsOf('trash')).toHaveLength(50)
    model.approvedAtMs = model.nowMs
    model.pass()
    expect(model.stop).toBeNull()
    expect(Object.keys(model.ours)).toHaveLength(350)
  })

  it('is over by itself when nothing is left to be agreed to', () => {
    const model = largeModel()
    for (let at = 0; at < 50; at++) model.delete(`many/${at}.txt`)
    model.pass()
    for (let at = 0; at < 50; at++) model.restore(`many/${at}.txt`)
    model.pass()
    expect(model.stop).toBeNull()
  })

  it('counts a day: what was deleted on three days and comes due together does not go together', () => {
    const model = largeModel()
    for (let day = 0; day < 3; day++) {
      for (let at = 0; at < 20; at++) model.delete(`many/${day * 20 + at}.txt`)
      model.pass()
      expect(model.stop).toBeNull()
      // The account could not act meanwhile: nothing was called.
      model.steps = model.steps.map((step) => ({
        ...step,
        state: 'planned',
        dueAtMs: step.plannedAtMs + 72 * HOUR_MS,
      }))
      model.nowMs += 24 * HOUR_MS
    }
    model.nowMs += 72 * HOUR_MS
    model.pass()
    expect(model.stepsOf('trash', 'done')).toHaveLength(20)
    expect(model.stop?.kind).toBe('limit')
  })

  it('stays stopped for another folder in the place of ours until a person agrees', () => {
    const model = modelWith('a.txt')
    model.stop = { kind: 'folder-changed', atMs: model.nowMs, paths: [''] }
    model.pass()
    expect(model.stop?.kind).toBe('folder-changed')
    model.approvedAtMs = model.nowMs
    model.pass()
    expect(model.stop).toBeNull()
  })
})
