import type { EntryBody } from '../catalogue-entry.ts'
import type { PolicyErrorCode } from '../error-code.ts'

/** Rules that the person who manages this machine has made. */
export const POLICY_BODIES = {
  'policy-invalid': {
    policy: 'stop',
    domain: 'local',
    actor: 'admin',
  },
  'policy-locked': {
    policy: 'stop',
    domain: 'local',
    actor: 'admin',
  },
  'policy-app': {
    policy: 'block-account',
    domain: 'local',
    actor: 'admin',
  },
  'policy-destination': {
    policy: 'block-target',
    domain: 'local',
    actor: 'admin',
  },
  'policy-excluded': {
    policy: 'skip-file',
    domain: 'source',
    actor: 'wait',
  },
} satisfies Record<PolicyErrorCode, EntryBody>
