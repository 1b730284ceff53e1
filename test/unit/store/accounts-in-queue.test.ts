/** The ownership of transfers, as engines of several accounts ask for them. */
import { describe, expect, it } from 'vitest'
import type { AccountScope } from '#main/engine/ports.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { aLanding, aNewTransfer, anError, aTransaction, openTempStores } from './store-kit.ts'

const LI: AccountScope = { identity: 'user:ou_li@cli_a@open.feishu.cn', orNone: false }
const APP: AccountScope = { identity: 'app:cli_a@open.feishu.cn', orNone: true }

/** `mine` and `mine too` are Li's, `app` is the app's, `anybody` names no account. */
function aMixedQueue() {
  const stores = openTempStores()
  const own = (name: string, account?: string) => aNewTransfer(name, { account })
  const transfers = stores.transfers.enqueue(
    [
      own('mine', LI.identity),
      own('app', APP.identity),
      own('anybody'),
      own('mine too', LI.identity),
    ],
    'b1',
    1,
  )
  const [mine, app, anybody, mineToo] = transfers as [Transfer, Transfer, Transfer, Transfer]
  return { store: stores.transfers, controls: stores.controls, mine, app, anybody, mineToo }
}

function namesOf(transfers: readonly Transfer[]): string[] {
  return transfers.map(({ fileName }) => fileName)
}

const waitingUntil = (untilMs: number) =>
  ({ kind: 'waiting', reason: 'network', untilMs, error: anError }) as const

describe('an account', () => {
  it('is kept with its transfer', () => {
    const { store, mine, anybody } = aMixedQueue()
    expect(store.get(mine.id)?.account).toBe(LI.identity)
    expect(store.get(anybody.id)?.account).toBeUndefined()
  })

  it('is given its own transfers, and those without one if it is the one in use', () => {
    const { store } = aMixedQueue()
    expect(namesOf(store.ready({ account: LI }, 9, 1))).toEqual(['mine', 'mine too'])
    expect(namesOf(store.ready({ account: APP }, 9, 1))).toEqual(['app', 'anybody'])
    expect(namesOf(store.ready({ account: APP, batchId: 'b1' }, 1, 1))).toEqual(['app'])
    expect(store.ready({ account: APP, batchId: 'b2' }, 9, 1)).toEqual([])
  })

  it('has one order for its own and those without one: begun first, then as they were queued', () => {
    const { store, anybody } = aMixedQueue()
    store.openTransaction(anybody.id, aTransaction())
    expect(namesOf(store.ready({ account: APP }, 9, 1))).toEqual(['anybody', 'app'])
    expect(namesOf(store.ready({ account: APP }, 1, 1))).toEqual(['anybody'])
  })

  it('wakes up for its own only', () => {
    const { store, mine, app, anybody } = aMixedQueue()
    store.saveState(mine.id, waitingUntil(500))
    store.saveState(app.id, waitingUntil(900))
    store.saveState(anybody.id, waitingUntil(700))
    expect(store.nextWakeMs({ account: LI })).toBe(500)
    expect(store.nextWakeMs({ account: APP })).toBe(700)
    expect(store.nextWakeMs({ account: { ...APP, orNone: false } })).toBe(900)
    expect(store.nextWakeMs({ account: APP, batchId: 'b2' })).toBeUndefined()
    expect(namesOf(store.ready({ account: APP }, 9, 800))).toEqual(['anybody'])
  })

  it('that starts leaves what runs for others alone', () => {
    const { store, mine, app, anybody } = aMixedQueue()
    for (const { id } of [mine, app, anybody]) store.saveState(id, { kind: 'sending' })
    expect(store.requeueInterrupted(APP)).toBe(2)
    expect(store.get(mine.id)?.state.kind).toBe('sending')
    expect(store.requeueInterrupted(LI)).toBe(1)
  })

  it('that was put right gets its own blocked transfers back', () => {
    const { store, mine, app } = aMixedQueue()
    for (const { id } of [mine, app]) store.saveState(id, { kind: 'blocked', error: anError })
    expect(store.requeueBlocked(LI)).toBe(1)
    expect(store.get(app.id)?.state.kind).toBe('blocked')
  })

  it('is one of those with work, as long as it has some', () => {
    const { store, mine, mineToo, anybody } = aMixedQueue()
    expect(store.accountsWithWork().toSorted()).toEqual([APP.identity, LI.identity, undefined])
    store.saveState(mine.id, { kind: 'paused' })
    store.saveState(mineToo.id, waitingUntil(500))
    store.saveState(anybody.id, { kind: 'cancelled' })
    expect(store.accountsWithWork().toSorted()).toEqual([APP.identity, LI.identity])
    store.saveState(mineToo.id, { kind: 'paused' })
    expect(store.accountsWithWork()).toEqual([APP.identity])
  })

  it('that nobody knows any more leaves its open transfers to the one in use', () => {
    const { store, mine, mineToo } = aMixedQueue()
    store.saveState(mine.id, { kind: 'done', fileToken: 'x', finishedAtMs: 1 })
    expect(store.disown(LI.identity)).toBe(1)
    expect(store.get(mine.id)?.account).toBe(LI.identity)
    expect(store.get(mineToo.id)?.account).toBeUndefined()
  })

  it('takes over an open transfer that is asked for with it, unless that one runs', () => {
    const { store, mine, mineToo } = aMixedQueue()
    store.saveState(mineToo.id, { kind: 'sending' })
    const asked = [mine, mineToo].map(({ fileName }) =>
      aNewTransfer(fileName, { account: APP.identity }),
    )
    const [first, second] = store.enqueue(asked, 'b2', 2)
    expect(first).toMatchObject({ id: mine.id, account: APP.identity })
    expect(second).toMatchObject({ id: mineToo.id, account: LI.identity })
    const [third] = store.enqueue([aNewTransfer('mine')], 'b3', 3)
    expect(third?.account).toBe(APP.identity)
  })
})

describe('a transfer that changes hands', () => {
  it('begins anew as the other account, wherever it stood', () => {
    const { store, controls, mine, mineToo } = aMixedQueue()
    store.openTransaction(mine.id, aTransaction())
    store.saveState(mine.id, { kind: 'blocked', error: anError })
    store.saveState(mineToo.id, { kind: 'paused' })
    expect(controls.handOver([mine.id, mineToo.id], APP.identity)).toEqual([mine.id, mineToo.id])
    expect(store.transaction(mine.id)).toBeUndefined()
    const changed = { account: APP.identity, state: { kind: 'queued' }, sentBytes: 0 }
    expect(store.get(mine.id)).toMatchObject(changed)
    expect(store.get(mineToo.id)).toMatchObject(changed)
    expect(store.ready({ account: LI }, 9, 1)).toEqual([])
  })

  it('does not where it runs, or may be up already', () => {
    const { store, controls, mine, mineToo } = aMixedQueue()
    store.saveState(mine.id, { kind: 'sending' })
    store.openLanding(mineToo.id, aLanding())
    store.saveState(mineToo.id, { kind: 'blocked', error: anError })
    expect(controls.handOver([mine.id, mineToo.id, 'unknown'], APP.identity)).toEqual([])
    // Nor by being asked for again: another account could not tell whether it is there.
    const wanted = aNewTransfer('mine too', { account: APP.identity })
    const [again] = store.enqueue([wanted], 'b2', 2)
    expect(again).toMatchObject({ id: mineToo.id, account: LI.identity })
  })
})
