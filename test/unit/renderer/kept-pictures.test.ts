import { expect, it } from 'vitest'
import { KeptPictures } from '../../../renderer/data/pictures/kept-pictures.ts'

/** 400 bytes. */
function picture() {
  let isClosed = false
  return {
    ...{ width: 10, height: 10 },
    close: () => {
      isClosed = true
    },
    isClosed: () => isClosed,
  }
}

it('a picture that is kept again is counted once', () => {
  const kept = new KeptPictures<ReturnType<typeof picture>>({ pictures: 10, bytes: 1_000 })
  kept.keep('first', picture())
  for (let time = 0; time < 5; time += 1) kept.keep('again', picture())
  expect(kept.get('first')).toBeDefined()
  expect(kept.get('again')).toBeDefined()
})

it('the picture that was used longest ago goes, and stays whole for the row that shows it', () => {
  const kept = new KeptPictures<ReturnType<typeof picture>>({ pictures: 10, bytes: 1_000 })
  const [one, other] = [picture(), picture()]
  kept.keep('one', one)
  kept.keep('other', other)
  kept.keep('none', null)
  kept.get('one')
  kept.keep('third', picture())
  expect(kept.get('other')).toBeUndefined()
  expect(other.isClosed()).toBe(false)
  expect(kept.get('one')).toBe(one)
  expect(kept.get('none')).toBeNull()
})
