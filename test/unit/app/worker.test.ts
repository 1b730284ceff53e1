import { expect, it } from 'vitest'
import { Worker } from '#main/app/accounts/worker.ts'
import { systemClock } from '#main/lib/clock.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { openTempStores } from '../store/store-kit.ts'

it('accounts that cannot be read when settings change are reported, and the program goes on', async () => {
  const faults: unknown[] = []
  const unreadable = new TransferError('settings-damaged')
  const worker = new Worker({
    clock: systemClock,
    transfers: openTempStores().transfers,
    until: 'stopped',
    members() {
      throw unreadable
    },
    connect: () => Promise.reject(new Error('not asked for')),
    onFault: (error) => faults.push(error),
  })
  worker.restartSoon()
  await expect.poll(() => faults).toEqual([unreadable])
})
