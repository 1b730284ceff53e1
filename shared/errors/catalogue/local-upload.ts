import type { EntryBody } from '../catalogue-entry.ts'
import type { UploadErrorCode } from '../error-code.ts'

/** Errors that Feidi itself finds in an upload under way. */
export const UPLOAD_BODIES = {
  'transaction-expired': {
    policy: 'restart-upload',
    domain: 'server',
    actor: 'wait',
  },
  'plan-invalid': {
    policy: 'restart-upload',
    maxAttempts: 2,
    afterwards: 'fail-file',
    domain: 'server',
    actor: 'wait',
  },
  'restarted-too-often': {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  },
  'outcome-unknown': {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  },
  'daily-quota-used': {
    policy: 'wait-rate-limit',
    domain: 'quota',
    actor: 'wait',
  },
  'daily-share-used': {
    policy: 'wait-rate-limit',
    domain: 'quota',
    actor: 'wait',
  },
  'parts-reserved': {
    policy: 'wait-rate-limit',
    domain: 'quota',
    actor: 'wait',
  },
  'upload-hours-short': {
    policy: 'wait-rate-limit',
    domain: 'quota',
    actor: 'wait',
  },
  'too-many-parts': {
    policy: 'fail-file',
    domain: 'quota',
    actor: 'you',
  },
  'line-too-slow': {
    policy: 'fail-file',
    domain: 'network',
    actor: 'you',
  },
  'daily-quota-suspected': {
    policy: 'wait-rate-limit',
    domain: 'quota',
    actor: 'wait',
  },
  'gave-up-waiting': {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  },
  'maybe-there-already': {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  },
} satisfies Record<UploadErrorCode, EntryBody>
