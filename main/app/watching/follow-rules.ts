import { existsSync, unwatchFile, watchFile } from 'node:fs'
import type { RuleStore } from '#main/store/rule-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'

/** Changed rules are noticed so soon. */
const RULES_EVERY_MS = 1_000

export interface RuleFollower {
  changed(rules: readonly WatchRule[]): void
  /**
   * Reports that the rules cannot be read now; the follower continues with the rules as they were.
   */
  failed(error: TransferError): void
}

/**
 * Tells whenever the stored rules change, whichever process changes them.
 * @returns ends it
 */
export function followRules(store: RuleStore, follower: RuleFollower): () => void {
  const reload = () => {
    // Set aside by another process, or deleted by hand: no reason to stop watching.
    if (!existsSync(store.path)) return
    try {
      // A person may be in the middle of saving it: it is theirs to finish.
      follower.changed(store.look())
    } catch (error) {
      if (!(error instanceof TransferError)) throw error
      follower.failed(error)
    }
  }
  watchFile(store.path, { interval: RULES_EVERY_MS }, reload)
  return () => unwatchFile(store.path, reload)
}
