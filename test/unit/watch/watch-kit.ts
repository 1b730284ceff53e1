import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { systemClock } from '#main/lib/clock.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import { WatchService, type WatchServiceOptions } from '#main/watch/watch-service.ts'
import type { WatchRule, WatchState } from '#shared/model/watch-rule.ts'
import { FakeQueue } from './watch-parts.ts'

export { aRule, contentHashOf, FakeQueue, SETTLE_MS } from './watch-parts.ts'

/** An empty folder that is gone when the test is over. */
export function tempFolder(prefix = 'feidi-watch-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface Bench {
  readonly service: WatchService
  readonly queue: FakeQueue
  readonly stores: Stores
  readonly states: Map<string, WatchState[]>
  /** Resolves when the rule is, or comes, in such a state. */
  reaches(kind: WatchState['kind'], ruleId?: string): Promise<WatchState>
  /** Looks at everything and waits for what is settled, as often as it takes to come to rest. */
  settle(): Promise<void>
}

export interface BenchOptions extends Partial<WatchServiceOptions> {
  readonly queue?: FakeQueue
  readonly home?: string
}

/** A service on real files, with a database of its own. */
export function openBench(rules: readonly WatchRule[], options: BenchOptions = {}): Bench {
  const queue = options.queue ?? new FakeQueue()
  const stores = openStores(options.home ?? tempFolder('feidi-home-'))
  const service = new WatchService({
    rules,
    index: stores.files,
    clock: systemClock,
    ...options,
    queue,
    timings: { rootEveryMs: 50, quietMs: 200, retryMs: 50, ...options.timings },
  })
  queue.onEnd = (id, outcome) => {
    if (outcome.kind === 'done') service.transferDone(id, outcome)
    else if (outcome.kind === 'unknown') service.transferWithdrawn(id)
    else service.transferFailed(id)
  }
  service.events.setMaxListeners(100)
  const states = new Map<string, WatchState[]>()
  service.events.on('state', ({ ruleId, state }) => {
    states.set(ruleId, [...(states.get(ruleId) ?? []), state])
  })
  onTestFinished(async () => {
    await service.stop()
    stores.close()
  })
  return {
    service,
    queue,
    stores,
    states,
    reaches: (kind, ruleId = rules[0]?.id ?? '') => reaches(service, kind, ruleId),
    async settle() {
      for (;;) {
        const { waiting } = await service.sweepOnce()
        if (waiting.length === 0) return
      }
    },
  }
}

function reaches(
  service: WatchService,
  kind: WatchState['kind'],
  ruleId: string,
): Promise<WatchState> {
  const now = service.states().get(ruleId)
  if (now?.kind === kind) return Promise.resolve(now)
  return new Promise((resolve) => {
    const look = (event: { ruleId: string; state: WatchState }) => {
      if (event.ruleId !== ruleId || event.state.kind !== kind) return
      service.events.off('state', look)
      resolve(event.state)
    }
    service.events.on('state', look)
  })
}
