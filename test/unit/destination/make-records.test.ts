import { expect, it } from 'vitest'
import { makeRecords, type RecordWrite } from '#main/destination/make-records.ts'
import { OutcomeUnknown } from '#main/engine/ports.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'
import { aContext } from '../engine/engine-kit.ts'

/** Makes a record whose write is refused without end. */
function refused(code: ErrorCode, isThere = false) {
  const clock = new FakeClock()
  let sent = 0
  const there = { recordId: 'rec1', fields: { Files: [{ file_token: 'box1' }] } }
  const records = async () => ({ items: isThere ? [there] : [] })
  const write: RecordWrite = {
    table: { appToken: 'app', tableId: 'tbl' },
    fileTokens: ['box1'],
    wasSent: false,
    announce: () => {},
    send: async () => {
      sent += 1
      throw new OutcomeUnknown(new TransferError(code))
    },
  }
  const result = clock.runUntil(makeRecords({ calls: { records }, clock }, write, aContext()))
  return { result, sent: () => sent }
}

it('gives a write up after the tries that its code allows: it may be there all the same', async () => {
  const { result, sent } = refused(1255006)
  expect(await result).toMatchObject({
    kind: 'refused',
    error: { code: 1255006 },
    mayBeThere: true,
  })
  expect(sent()).toBe(4)
})

it('looks for the record before it gives up', async () => {
  expect(await refused(1255006, true).result).toEqual({ kind: 'made', recordIds: ['rec1'] })
})

it('lets a write wait whose code may be tried without end', async () => {
  await expect(refused(1255001).result).rejects.toBeInstanceOf(OutcomeUnknown)
})
