import { describe, expect, it } from 'vitest'
import { HandedFiles } from '#main/app/adding/handed-files.ts'

function someOffers() {
  let changes = 0
  const offers = new HandedFiles(() => {
    changes += 1
  })
  return { offers, changes: () => changes }
}

describe('files handed over from outside', () => {
  it('wait until a page takes them, once', () => {
    const { offers, changes } = someOffers()
    offers.add(['/a', '/b'])
    expect(offers.view).toMatchObject({ count: 2 })
    const id = offers.view?.id ?? ''
    expect(offers.take(id)).toEqual(['/a', '/b'])
    expect(offers.view).toBeNull()
    expect(offers.take(id)).toEqual([])
    expect(changes()).toBe(2)
  })

  it('are one offer as long as nobody has taken them', () => {
    const { offers } = someOffers()
    offers.add(['/a'])
    const older = offers.view?.id ?? ''
    offers.add(['/b', '/a'])
    expect(offers.take(older)).toEqual([])
    expect(offers.take(offers.view?.id ?? '')).toEqual(['/a', '/b'])
  })

  it('are absolute paths, or they are not taken', () => {
    const { offers, changes } = someOffers()
    offers.add(['a', '../b', '', '/a\0b'])
    expect(offers.view).toBeNull()
    expect(changes()).toBe(0)
  })

  it('fit into one request', () => {
    const { offers } = someOffers()
    offers.add(Array.from({ length: 6_000 }, (_, index) => `/${index}`))
    expect(offers.view?.count).toBe(5_000)
  })
})
