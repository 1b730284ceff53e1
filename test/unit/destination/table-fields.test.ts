import { expect, it } from 'vitest'
import type { BaseField } from '#main/destination/document-api.ts'
import { TableFields } from '#main/destination/table-fields.ts'

const TABLE = { appToken: 'bascn', tableId: 'tbl' }
const FIELD = { id: 'fld1', name: 'Files', type: 17 } as unknown as BaseField

/** Returns a caller that can be stopped. */
function asker() {
  const controller = new AbortController()
  const { signal } = controller
  return { controller, context: { rank: 0, stopping: signal, aborted: signal, onHold: () => {} } }
}

/** Opens a server that answers on demand, unless the caller has been stopped. */
function openTable() {
  const answers: (() => void)[] = []
  const fields = new TableFields({
    fields: (_, { stopping }) =>
      new Promise((resolve, reject) => {
        stopping.addEventListener('abort', () => reject(stopping.reason))
        answers.push(() => resolve({ items: [FIELD] }))
      }),
  })
  return { fields, answers }
}

it('a table is asked once for its fields, however many files wait for them', async () => {
  const { fields, answers } = openTable()
  const asked = [asker(), asker()].map(({ context }) => fields.of(TABLE, context))
  answers[0]?.()
  expect(await Promise.all(asked)).toEqual([[FIELD], [FIELD]])
  expect(answers).toHaveLength(1)
})

it('somebody who asks and is stopped stops nobody else', async () => {
  const { fields, answers } = openTable()
  const [first, second] = [asker(), asker()]
  const ofFirst = fields.of(TABLE, first.context)
  const ofSecond = fields.of(TABLE, second.context)
  first.controller.abort(new Error('paused'))
  await expect(ofFirst).rejects.toThrow('paused')
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.()
  expect(await ofSecond).toEqual([FIELD])
})

it('somebody who waits for the question of another can be stopped', async () => {
  const { fields, answers } = openTable()
  const [first, second] = [asker(), asker()]
  const ofFirst = fields.of(TABLE, first.context)
  const ofSecond = fields.of(TABLE, second.context)
  second.controller.abort(new Error('paused'))
  await expect(ofSecond).rejects.toThrow('paused')
  answers[0]?.()
  expect(await ofFirst).toEqual([FIELD])
})
