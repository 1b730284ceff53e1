import type { EntryBody } from '../catalogue-entry.ts'
import type { DestinationErrorCode } from '../error-code.ts'

/** Errors of the destination. */
export const DESTINATION_BODIES = {
  'destination-invalid': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  'destination-unsupported': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  'media-unknown': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  'media-for-import': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  'folder-full': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  'folder-too-deep': {
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  },
} satisfies Record<DestinationErrorCode, EntryBody>
