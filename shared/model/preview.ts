import type { ErrorInfo } from '../errors/transfer-error.ts'
import type { CallCounts } from '../transfer/call-cost.ts'
import type { Destination, DocumentType } from './transfer.ts'
import type { LeftOut } from './watch-rule.ts'

export type PreviewVerdict =
  | { readonly action: 'upload'; readonly reason: 'new' | 'changed' | 'again' }
  /** An interrupted upload resumes. */
  | { readonly action: 'resume' }
  /** A watch rule has nothing to do for it. */
  | { readonly action: 'skip'; readonly leftOut: RuleSkip }
  | { readonly action: 'skip' | 'fail'; readonly error: ErrorInfo }

/** Moved, a copy, there before the rule was, still changing, or not meant by the rule at all. */
type RuleSkip = LeftOut | { readonly kind: 'moved' | 'copy' | 'baseline' | 'later' }

/**
 * The forecast for a file of that name in the folder: for the one brought there earlier, or, as no
 * one is asked, for one that may be there. Absent: none is known, and it would be left alone.
 */
export type SameNameForecast = 'replaces' | 'keeps-both' | 'may-replace' | 'may-skip'

/** The forecast for one file, and its reason. */
export interface Preview {
  readonly path: string
  readonly fileName: string
  readonly destination: Destination
  readonly remoteFolders: readonly string[]
  readonly sizeBytes: number
  readonly verdict: PreviewVerdict
  readonly calls: CallCounts
  readonly sameName?: SameNameForecast
  /** It is tried, and may not succeed. */
  readonly warning?: ErrorInfo
  /** It becomes a document of this type. */
  readonly document?: DocumentType
}
