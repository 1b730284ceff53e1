import { setImmediate as nextTurn } from 'node:timers/promises'
import type { IndexChange } from './ports.ts'
import type { RuleContext } from './rule-context.ts'
import { stampOfFingerprint } from './stamp.ts'

const ROWS_AT_A_TIME = 200

/**
 * After a restart: asks the queue what became of the transfers of this scope. A file whose transfer
 * nobody knows any more is forgotten, so that the next sweep finds it new.
 */
export async function reconcileQueued({ scope, queue, signal }: RuleContext): Promise<void> {
  let after: { dir: string; name: string } | undefined
  for (;;) {
    signal.throwIfAborted()
    const rows = scope.queued(after, ROWS_AT_A_TIME)
    const changes: IndexChange[] = []
    for (const { dir, file } of rows) {
      const outcome = queue.outcome(file.transferId ?? '')
      if (outcome.kind === 'unknown') changes.push({ kind: 'remove', dir, name: file.name })
      else if (outcome.kind === 'done') {
        const stamp =
          outcome.fingerprint === null ? file.stamp : stampOfFingerprint(outcome.fingerprint)
        const hash = stamp === file.stamp ? scope.hash(dir, file.name) : null
        const up = { ...file, stamp, standing: 'up' as const, transferId: null }
        changes.push({ kind: 'save', dir, file: up, hash })
      } else {
        const standing = outcome.kind === 'open' ? 'queued' : 'failed'
        if (standing === file.standing) continue
        const hash = scope.hash(dir, file.name)
        changes.push({ kind: 'save', dir, file: { ...file, standing }, hash })
      }
    }
    if (changes.length > 0) scope.apply(changes)
    const last = rows.at(-1)
    if (last === undefined) return
    after = { dir: last.dir, name: last.file.name }
    await nextTurn()
  }
}
