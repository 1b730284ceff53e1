import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { FinishedKeeper } from '#main/app/clear-finished.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'

it('goes on clearing the list after a failure, which it reports', async () => {
  const clock = new FakeClock()
  const faults: unknown[] = []
  const full = new TransferError('disk-full')
  const cleared = Promise.withResolvers<void>()
  let tries = 0
  const clear = () => {
    tries += 1
    if (tries === 1) throw full
    cleared.resolve()
    return 0
  }
  const keeper = new FinishedKeeper(
    clock,
    { clear },
    new EventEmitter(),
    () => 7,
    (error) => faults.push(error),
  )
  const kept = keeper.keep()
  await clock.runUntil(cleared.promise)
  keeper.close()
  await kept
  expect(faults).toEqual([full])
})
