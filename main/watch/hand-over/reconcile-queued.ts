import { setImmediate as nextTurn } from 'node:timers/promises'
import { endedVersion } from '../judge/ended-version.ts'
import type { IndexChange, IndexedPlace, IndexScope, TransferQueue } from '../ports.ts'
import type { RuleContext } from '../rule-context.ts'

const ROWS_AT_A_TIME = 200

/**
 * Asks the queue, after a restart, what became of the transfers of this scope. A file whose
 * transfer is unknown there is forgotten, so that the next sweep finds it new.
 */
export async function reconcileQueued({ scope, queue, signal }: RuleContext): Promise<void> {
  let after: { dir: string; name: string } | undefined
  for (;;) {
    signal.throwIfAborted()
    const rows = scope.queued(after, ROWS_AT_A_TIME)
    const changes = rows.flatMap((place) => changesFor(place, scope, queue))
    if (changes.length > 0) scope.apply(changes)
    const last = rows.at(-1)
    if (last === undefined) return
    after = { dir: last.dir, name: last.file.name }
    await nextTurn()
  }
}

function changesFor(
  { dir, file }: IndexedPlace,
  scope: IndexScope,
  queue: TransferQueue,
): IndexChange[] {
  const { name, standing } = file
  const transferId = file.transferId ?? ''
  const outcome = queue.outcome(transferId)
  switch (outcome.kind) {
    case 'unknown':
      return [{ kind: 'remove', dir, name, was: file.stamp }]
    case 'done':
      return [{ kind: 'done', transferId, ...endedVersion(outcome) }]
    case 'failed':
      return standing === 'failed' ? [] : [{ kind: 'failed', transferId }]
    case 'open': {
      if (standing !== 'failed') return []
      const hash = scope.hash(dir, name)
      return [{ kind: 'save', dir, file: { ...file, standing: 'queued' }, hash }]
    }
  }
}
