import { expect, it } from 'vitest'
import { allItems } from '#main/destination/document-calls.ts'

it('all pages are read', async () => {
  const pages = { '': ['a', 'b'], p2: [], p3: ['c'] }
  const next = { '': 'p2', p2: 'p3', p3: undefined }
  const items = await allItems(({ pageToken = '' }) => {
    const at = pageToken as keyof typeof pages
    const nextPageToken = next[at]
    return Promise.resolve({
      items: pages[at],
      ...(nextPageToken !== undefined && { nextPageToken }),
    })
  })
  expect(items).toEqual(['a', 'b', 'c'])
})

it('a page that is followed by itself is no end: what is not seen yet is not gone', async () => {
  const reading = allItems(() => Promise.resolve({ items: ['a'], nextPageToken: 'p1' }))
  await expect(reading).rejects.toMatchObject({ code: 'bad-response' })
})

it('a list that never ends is left', async () => {
  let pages = 0
  const reading = allItems(() => Promise.resolve({ items: [], nextPageToken: `p${pages++}` }))
  await expect(reading).rejects.toMatchObject({ code: 'bad-response' })
  expect(pages).toBeLessThanOrEqual(1_000)
})
