import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LivePublisher, type LiveSource } from '#main/app/live/live-publisher.ts'
import { type Followed, follow } from '#shared/contract/apply-patch.ts'
import {
  type LiveEvent,
  livePatchSchema,
  MOST_PATCH_ROWS,
  PATCH_EVERY_MS,
} from '#shared/contract/live-state.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { RUNNING } from '#shared/transfer/state-kinds.ts'
import { FakeClock } from '#test/kit/fake-clock.ts'
import { aLiveState, aRow } from '../contract/live-kit.ts'

/** A queue in memory, whose live state is always what is in it. */
class World implements LiveSource {
  readonly clock = new FakeClock()
  readonly rows = new Map<string, TransferRow>()
  readonly publisher = new LivePublisher(this, this.clock)
  callsLeft = 10_000

  row = (id: string) => this.rows.get(id)

  state(revision: number) {
    const atWork = [...this.rows.values()].filter(({ state }) => RUNNING.includes(state.kind))
    const rows = Object.fromEntries(atWork.map((row) => [row.id, row]))
    return aLiveState({ revision, callsLeft: this.callsLeft, rows })
  }

  move(id: string, kind: 'queued' | 'preparing' | 'sending' | 'paused', sentBytes = 0) {
    this.rows.set(id, aRow(id, { kind }, sentBytes))
    this.publisher.reorder(id)
  }

  /** A page: everything it was told, and what it makes of that. */
  page() {
    const events: { atMs: number; event: LiveEvent }[] = []
    const page = {
      events,
      followed: undefined as Followed | undefined,
      missed: 0,
      close: () => {},
    }
    page.close = this.publisher.subscribe((event) => {
      const next = follow(page.followed, structuredClone(event))
      if (next === undefined) page.missed += 1
      else page.followed = next
      events.push({ atMs: this.clock.nowMs(), event })
    })
    return page
  }
}

describe('what a page is told', () => {
  it('is a snapshot at once, then patches', async () => {
    const world = new World()
    world.move('a', 'sending')
    const page = world.page()
    expect(page.events).toHaveLength(1)
    expect(page.followed?.state.rows).toHaveProperty('a')
    world.move('a', 'sending', 500)
    await world.clock.advance(PATCH_EVERY_MS)
    expect(page.followed?.state.rows['a']?.sentBytes).toBe(500)
    page.close()
  })

  it('is nothing as long as nothing changes', async () => {
    const world = new World()
    const page = world.page()
    await world.clock.advance(60_000)
    expect(page.events).toHaveLength(1)
    page.close()
    expect(world.clock.sleepers).toBe(0)
  })

  it('comes at most ten times a second, however much happens', async () => {
    const world = new World()
    const page = world.page()
    for (let step = 0; step < 1_000; step++) {
      world.move(`t${step % 7}`, 'sending', step)
      await world.clock.advance(3)
    }
    await world.clock.advance(PATCH_EVERY_MS)
    const times = page.events.slice(1).map(({ atMs }) => atMs)
    expect(times.length).toBeGreaterThan(20)
    for (const [index, atMs] of times.entries()) {
      const before = times[index - 1]
      if (before !== undefined) expect(atMs - before).toBeGreaterThanOrEqual(PATCH_EVERY_MS)
    }
    expect(page.followed?.state).toEqual(world.state(world.publisher.revision))
    page.close()
  })

  it('names only so many rows, those at work among them, and tells to look again', async () => {
    const world = new World()
    for (let index = 0; index < 3; index++) world.move(`work${index}`, 'sending')
    const page = world.page()
    for (let index = 0; index < 1_000; index++) world.move(`q${index}`, 'paused')
    for (let index = 0; index < 3; index++) world.move(`work${index}`, 'paused')
    const revisionBefore = world.publisher.revision
    await world.clock.advance(PATCH_EVERY_MS)
    const { event } = page.events.at(-1) ?? {}
    if (event?.kind !== 'patch') throw new Error('no patch')
    expect(event.patch.rows).toHaveLength(MOST_PATCH_ROWS)
    expect(world.publisher.revision).toBeGreaterThan(revisionBefore)
    expect(page.followed?.state.rows).toEqual({})
    page.close()
  })

  it('goes on when the wall clock is set back', async () => {
    const world = new World()
    const page = world.page()
    world.callsLeft = 5
    world.publisher.changed()
    await world.clock.advance(PATCH_EVERY_MS)
    world.clock.setWallClock(world.clock.nowMs() - 3_600_000)
    world.callsLeft = 4
    world.publisher.changed()
    await world.clock.advance(2_000)
    expect(page.followed?.state.callsLeft).toBe(4)
    page.close()
  })
})

const KINDS = ['queued', 'preparing', 'sending', 'paused'] as const satisfies TransferStateKind[]

it('snapshot and patches make the same state as a fresh snapshot, whatever happens and whoever comes when', async () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant('move' as const),
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      kind: fc.constantFrom(...KINDS),
      sentBytes: fc.nat(1_000),
    }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.nat(350) }),
    fc.record({ do: fc.constant('call' as const) }),
    fc.record({ do: fc.constant('come' as const) }),
    fc.record({ do: fc.constant('leave' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const world = new World()
      const pages: ReturnType<World['page']>[] = []
      for (const happening of steps) {
        if (happening.do === 'move') world.move(happening.id, happening.kind, happening.sentBytes)
        else if (happening.do === 'pass') await world.clock.advance(happening.ms)
        else if (happening.do === 'come') pages.push(world.page())
        else if (happening.do === 'leave') pages.pop()?.close()
        else {
          world.callsLeft -= 1
          world.publisher.changed()
        }
      }
      await world.clock.advance(1_000)
      for (const page of pages) {
        expect(page.missed).toBe(0)
        expect(page.followed?.state).toEqual(world.state(world.publisher.revision))
        for (const { event } of page.events) {
          if (event.kind === 'patch') livePatchSchema.parse(event.patch)
        }
        page.close()
      }
      expect(world.clock.sleepers).toBe(0)
    }),
    { numRuns: 60 },
  )
})
