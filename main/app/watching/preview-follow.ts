/** The preview of what rules that follow mean to do in Feishu. */
import { randomUUID } from 'node:crypto'
import type { FollowTools } from '#main/watch/ports.ts'
import { WatchService } from '#main/watch/watch-service.ts'
import { type FollowStanding, TRASH_WAIT_MS } from '#shared/model/follow.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { OpenPreview } from '../adding/open-preview.ts'
import { standingIn } from './follow-of-home.ts'
import { knownFolder } from './follow-taker.ts'
import { watchQueue } from './watch-queue.ts'

/**
 * Returns what a look now would plan, rule by rule. The look is a real one, on a copy of what the home remembers:
 * calls are planned there, and none is made.
 * @param rules those that follow
 */
export async function previewFollow(
  { stores, options }: OpenPreview,
  rules: readonly WatchRule[],
  signal: AbortSignal,
): Promise<FollowStanding[]> {
  if (rules.length === 0) return []
  const { clock, knowledge } = options
  const { transfers, copies, follow: store } = stores
  const follow: FollowTools = {
    store,
    identityOf: ({ account }) => account ?? knowledge.identity,
    serverNowMs: () => undefined,
    folder: knownFolder(stores.folders),
    async take({ rule }) {
      store.beginWaits(rule.id, clock.nowMs() + TRASH_WAIT_MS)
      return true
    },
  }
  const service = new WatchService({
    // Files that are not settled count as if they were, like those that are to go up.
    rules: rules.map((rule) => ({ ...rule, settleMs: 0 })),
    index: stores.files,
    queue: watchQueue({ transfers, copies, batchId: randomUUID(), clock, onQueued() {} }),
    ...{ clock, follow, missing: copies.missing },
  })
  const stop = () => void service.stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (!signal.aborted) await service.sweepOnce()
  } finally {
    signal.removeEventListener('abort', stop)
    await service.stop()
  }
  return rules.map(({ id }) => standingIn(store, id))
}
