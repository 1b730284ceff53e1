import type { EntryBody } from '../catalogue-entry.ts'
import type { RuleErrorCode } from '../error-code.ts'

const STOP = { policy: 'stop', domain: 'local', actor: 'you' } as const

/** Watch rules. */
export const RULE_BODIES = {
  'rule-unknown': {
    ...STOP,
  },
  'rule-exists': {
    ...STOP,
  },
  'rule-overlaps': {
    ...STOP,
  },
  'rule-folder-missing': {
    ...STOP,
  },
  'rule-folder-is-file': {
    ...STOP,
  },
  'rule-folder-forbidden': {
    ...STOP,
  },
  'rule-folder-replaced': {
    ...STOP,
  },
  'rule-folder-is-disk': {
    ...STOP,
  },
  'rule-folder-holds-home': {
    ...STOP,
  },
  'rule-folder-is-personal': {
    ...STOP,
  },
  'rule-on-network': {
    ...STOP,
  },
  'copy-vanished': {
    ...STOP,
  },
  'follow-changed-there': {
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  },
  'follow-needs-folder': {
    ...STOP,
  },
  'follow-limit': {
    ...STOP,
  },
  'follow-folder-changed': {
    ...STOP,
  },
  'no-rules': {
    ...STOP,
  },
} satisfies Record<RuleErrorCode, EntryBody>
