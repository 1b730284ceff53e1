import type { CatalogueEntry } from '../catalogue-entry.ts'
import { sameFor } from './rules.ts'

/** Putting an upload into a document, and finding a page of a wiki. */
export const DOCUMENT_ENTRIES = [
  ...sameFor([1770013, 1770038], {
    policy: 'restart-upload',
    domain: 'target',
    actor: 'wait',
  }),
  {
    code: 1770001,
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  },
  ...sameFor([1770002, 1770003], {
    policy: 'restart-upload',
    maxAttempts: 1,
    afterwards: 'block-target',
    domain: 'target',
    actor: 'wait',
  }),
  {
    code: 1770032,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  },
  {
    code: 1770035,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  ...sameFor([1770004, 1770005, 1770033, 1770034], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  }),
  {
    code: 1770007,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  ...sameFor([1771001, 1771002, 1771003, 1771004, 1771005], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  }),
  {
    code: 1771006,
    policy: 'backoff',
    maxAttempts: 2,
    afterwards: 'block-target',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 1770020,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 1770021,
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'block-target',
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 1770008,
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  ...sameFor([1770006, 1770014, 1770015, 1770019, 1770024, 1770028, 1770029, 1770030, 1770031], {
    policy: 'block-target',
    domain: 'server',
    actor: 'you',
  }),
  {
    code: 131001,
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'block-target',
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 131002,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  {
    code: 131004,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 131009,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
  ...sameFor([131005, 131012, 131013, 131014, 131016], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  }),
  {
    code: 131006,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  },
  {
    code: 131007,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
] as const satisfies readonly CatalogueEntry[]
