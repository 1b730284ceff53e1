import { DEFAULT_EXCLUDES } from './default-excludes.ts'
import type { WatchRule } from './watch-rule.ts'

/** The defaults of a new rule; the person says the rest. */
export const WATCH_RULE_DEFAULTS = {
  account: undefined,
  enabled: true,
  recursive: true,
  include: [],
  exclude: DEFAULT_EXCLUDES,
  initialFiles: 'upload',
  subfolders: 'mirror',
  onChange: 'upload-again',
  onVanished: 'tell',
  dedupe: false,
  minimumBytes: 1,
  maximumBytes: undefined,
  settleMs: 2_000,
  followLinks: false,
  allowSensitive: false,
  overflowFolders: false,
  shareWith: undefined,
  follow: false,
  noticing: 'events',
} as const satisfies Partial<WatchRule>
