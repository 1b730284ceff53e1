import type { EntryBody } from '../catalogue-entry.ts'
import type { SourceErrorCode } from '../error-code.ts'

/** The file to upload. */
export const SOURCE_BODIES = {
  'source-missing': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-moved': {
    policy: 'skip-file',
    domain: 'source',
    actor: 'wait',
  },
  'sensitive-file': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-is-directory': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-not-a-file': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-is-link': {
    policy: 'skip-file',
    domain: 'source',
    actor: 'wait',
  },
  'source-name-invalid': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-unreadable': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-busy': {
    policy: 'wait-source',
    domain: 'source',
    actor: 'wait',
  },
  'source-empty': {
    policy: 'skip-file',
    domain: 'source',
    actor: 'wait',
  },
  'source-changed': {
    policy: 'wait-source',
    domain: 'source',
    actor: 'wait',
  },
  'source-unstable': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-io-error': {
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'fail-file',
    domain: 'source',
    actor: 'wait',
  },
  'source-away': {
    policy: 'backoff',
    maxAttempts: 10,
    afterwards: 'fail-file',
    domain: 'source',
    actor: 'wait',
  },
  'source-path-too-long': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-locked': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-exhausted': {
    policy: 'wait-source',
    domain: 'source',
    actor: 'wait',
  },
  'source-redirected': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'source-own-state': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'already-uploaded': {
    policy: 'skip-file',
    domain: 'source',
    actor: 'wait',
  },
  'file-too-large': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'name-empty': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'name-too-long': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'folder-name-too-long': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
} satisfies Record<SourceErrorCode, EntryBody>
