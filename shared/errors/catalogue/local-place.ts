import type { EntryBody } from '../catalogue-entry.ts'
import type { PlaceErrorCode } from '../error-code.ts'

/** The whole destination is not as it should be; a person chooses. */
const WRONG_PLACE = { policy: 'block-target', domain: 'target', actor: 'you' } as const

/** This file can not go there; others may. */
const WRONG_FILE = { policy: 'fail-file', domain: 'target', actor: 'you' } as const

/** Documents, sheets, Bases and files as destinations. */
export const PLACE_BODIES = {
  'destination-not-looked-up': WRONG_PLACE,
  'destination-read-only': {
    ...WRONG_PLACE,
    domain: 'permission',
  },
  'path-missing': WRONG_PLACE,
  'path-ambiguous': WRONG_PLACE,
  'search-needs-person': WRONG_PLACE,
  'wiki-refused': { ...WRONG_PLACE, mayHaveLanded: true },
  'one-file-only': WRONG_PLACE,
  'overwrite-unsupported': WRONG_PLACE,
  'overwrite-made-second': WRONG_PLACE,
  'name-taken': {
    policy: 'skip-file',
    domain: 'target',
    actor: 'wait',
  },
  'base-table-missing': WRONG_PLACE,
  'base-table-ambiguous': WRONG_PLACE,
  'base-field-missing': WRONG_PLACE,
  'base-field-not-attachment': WRONG_PLACE,
  'base-no-attachment-field': WRONG_PLACE,
  'base-field-ambiguous': WRONG_PLACE,
  'base-column-type': WRONG_PLACE,
  'sheet-missing': WRONG_PLACE,
  'sheet-only-images': WRONG_FILE,
  'sheet-image-too-large': WRONG_FILE,
  'attachment-too-large': WRONG_FILE,
  'document-being-edited': {
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
} satisfies Record<PlaceErrorCode, EntryBody>
