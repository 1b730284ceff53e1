import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TransferState } from '#shared/model/transfer.ts'
import { aNewTransfer, openTempStores } from './store-kit.ts'

const CODES = ['source-missing', 1062507] as const
const to = (folderToken: string) => ({ kind: 'folder', folderToken }) as const

const state = fc.oneof(
  fc.constantFrom<TransferState>({ kind: 'queued' }, { kind: 'paused' }),
  fc.record({
    kind: fc.constantFrom('failed' as const, 'blocked' as const, 'skipped' as const),
    error: fc.record({ code: fc.constantFrom(...CODES), atMs: fc.nat(9) }),
  }),
)

const step = fc.oneof(
  fc.record({ what: fc.constant('state' as const), file: fc.nat(5), state }),
  fc.record({ what: fc.constant('listed' as const), file: fc.nat(5), isListed: fc.boolean() }),
  fc.record({ what: fc.constant('redirect' as const), file: fc.nat(5) }),
  fc.record({ what: fc.constant('disown' as const) }),
)

it('failures that are alike are counted as the list shows them, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const stores = openTempStores()
      const { transfers, controls, windows } = stores
      const items = [0, 1, 2, 3, 4, 5].map((n) => {
        const account = n % 2 === 0 ? 'one' : undefined
        return aNewTransfer(`${n}`, { destination: to(n < 3 ? 'a' : 'b'), account })
      })
      const ids = transfers.enqueue(items, 'batch', 1).map(({ id }) => id)
      for (const each of steps) {
        if (each.what === 'disown') {
          transfers.disown('one')
          continue
        }
        const id = ids[each.file] ?? ''
        if (each.what === 'state') transfers.saveState(id, each.state as TransferState)
        else if (each.what === 'redirect') controls.redirect([id], to('c'))
        else controls.setListed([id], each.isListed)
      }
      const shown = windows.window({
        kinds: ['failed', 'blocked'],
        ...{ search: [], order: 'added', descending: false, offset: 0, limit: 100 },
      })
      const alike = new Map<string, number>()
      for (const { state, destination, account = '' } of shown) {
        if (state.kind !== 'failed' && state.kind !== 'blocked') continue
        const key = JSON.stringify([state.kind, state.error.code, destination, account])
        alike.set(key, (alike.get(key) ?? 0) + 1)
      }
      const counted = windows
        .troubles()
        .map(({ kind, error, destination, account, transfers: count }) => [
          JSON.stringify([kind, error.code, destination, account]),
          count,
        ])
      expect(counted.toSorted()).toEqual([...alike].toSorted())
      for (const { error, destination, account, kind, transfers: count } of windows.troubles()) {
        const trouble = { code: error.code, destination, account }
        expect(windows.total({ kinds: [kind], search: [], trouble })).toBe(count)
      }
      stores.close()
    }),
    { numRuns: 30 },
  )
})
