import { expect, it } from 'vitest'
import { Leftovers } from '#main/engine/leftovers.ts'
import type { Attacher } from '#main/engine/ports.ts'
import type { Transfer } from '#shared/model/transfer.ts'

it('is found behind however much is another account’s', async () => {
  const others = Array.from({ length: 450 }, (_, index) => ({ id: `theirs-${index}` }))
  let left = [...others, { id: 'ours' }] as unknown as Transfer[]
  const { signal } = new AbortController()
  const leftovers = new Leftovers({
    store: {
      leftovers: (limit) => left.slice(0, limit),
      dropAttach: () => expect.unreachable(),
    },
    attacher: {
      cleanUp: ({ id }: Transfer) => {
        left = left.filter((each) => each.id !== id)
        return Promise.resolve(true)
      },
    } as unknown as Attacher,
    context: { rank: 0, stopping: signal, aborted: signal, onHold: () => {} },
    isOurs: ({ id }) => id === 'ours',
    onLeft: () => expect.unreachable(),
  })
  await leftovers.sweep()
  expect(left).toEqual(others)
})
