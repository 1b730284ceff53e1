import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { systemClock } from '#main/engine/clock.ts'
import { openStores, type Stores } from '#main/store/open-stores.ts'
import type { TransferOutcome, TransferQueue, WatchCandidate } from '#main/watch/ports.ts'
import { WatchService, type WatchServiceOptions } from '#main/watch/watch-service.ts'
import { WATCH_RULE_DEFAULTS, type WatchRule, type WatchState } from '#shared/model/watch-rule.ts'

/** Long enough to tell "settled" from "not yet" on a busy machine, short enough to wait for. */
export const SETTLE_MS = 120

/** An empty folder that is gone when the test is over. */
export function tempFolder(prefix = 'feidi-watch-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function aRule(folder: string, more: Partial<WatchRule> = {}): WatchRule {
  return {
    ...WATCH_RULE_DEFAULTS,
    id: 'r1',
    folder,
    destination: { kind: 'folder', folderToken: 'fldcnRoot' },
    settleMs: SETTLE_MS,
    createdAtMs: Date.now(),
    ...more,
  }
}

/** A file as it was handed over. */
export interface Taken {
  readonly id: string
  readonly path: string
  readonly content: string
  readonly reason: 'new' | 'changed'
  readonly remote: string
  readonly candidate: WatchCandidate
}

/** Takes files as the queue does, and "uploads" them at once unless it is told to wait. */
export class FakeQueue implements TransferQueue {
  readonly taken: Taken[] = []
  readonly #outcomes = new Map<string, TransferOutcome>()
  readonly #changed: (() => void)[] = []
  /** True: transfers stay open until they are settled by hand. */
  holds = false
  /** Told of every transfer that ends. */
  onEnd: (id: string, outcome: TransferOutcome) => void = () => {}
  /** Thrown instead of taking anything. */
  refusal: Error | undefined

  enqueue(candidates: readonly WatchCandidate[]): string[] {
    if (this.refusal !== undefined) throw this.refusal
    return candidates.map((candidate) => {
      const id = `t${this.#outcomes.size + 1}`
      const { path, relativePath, remoteFolders, fileName, reason } = candidate
      const content = contentOf(path)
      const remote = [...remoteFolders, fileName].join('/')
      this.taken.push({ id, path: relativePath, content, reason, remote, candidate })
      this.#outcomes.set(id, { kind: 'open' })
      for (const look of this.#changed) look()
      if (!this.holds)
        queueMicrotask(() => this.end(id, { kind: 'done', fingerprint: candidate.fingerprint }))
      return id
    })
  }

  outcome(id: string): TransferOutcome {
    return this.#outcomes.get(id) ?? { kind: 'unknown' }
  }

  end(id: string, outcome: TransferOutcome): void {
    this.#outcomes.set(id, outcome)
    this.onEnd(id, outcome)
  }

  /** The program that knew of the transfers is gone. */
  forget(id: string): void {
    this.#outcomes.delete(id)
  }

  paths(): string[] {
    return this.taken.map(({ path }) => path).sort()
  }

  /** Resolves when `isMet` holds; looked at whenever a file is taken. */
  until(isMet: (taken: readonly Taken[]) => boolean): Promise<void> {
    if (isMet(this.taken)) return Promise.resolve()
    return new Promise((resolve) => {
      this.#changed.push(() => {
        if (isMet(this.taken)) resolve()
      })
    })
  }

  has(...paths: string[]): Promise<void> {
    return this.until((taken) => paths.every((path) => taken.some((one) => one.path === path)))
  }
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '(gone)'
  }
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
    if (outcome.kind === 'done') service.transferDone(id, outcome.fingerprint)
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
