import type { Clock } from '#main/lib/clock.ts'
import type { BigIntStats } from '#main/lib/file-system.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import type { IndexScope, OpenProbe, TransferQueue } from './ports.ts'
import type { Selection } from './scan/selection.ts'

/** The state that the steps of one rule's work share. */
export interface RuleContext {
  readonly rule: WatchRule
  /** Absolute path of the rule's folder. */
  readonly root: string
  readonly scope: IndexScope
  readonly selection: Selection
  readonly queue: TransferQueue
  readonly clock: Clock
  readonly probe: OpenProbe
  readonly signal: AbortSignal
  /** A file that is ready can not be opened. */
  readonly onUnopened: (path: string, error: unknown) => void
  /** False while a changed file must not go up in place of its older version. */
  readonly mayReplace?: (path: string) => boolean
  /** True when reading a file would make a cloud drive download it first. */
  readonly isPlaceholder: (stats: BigIntStats) => boolean
}

/** The first sweep of an `only-new` rule: what is there already is not wanted. */
export function isBeginning({ rule, scope }: Pick<RuleContext, 'rule' | 'scope'>): boolean {
  return rule.initialFiles === 'only-new' && scope.begunFor() !== rule.id
}
