import type { CatalogueEntry } from '../catalogue-entry.ts'
import { REFRESH_ONCE, sameFor } from './rules.ts'

/** Errors that any call can meet: limits on calls, and trouble inside the platform. */
export const PLATFORM_ENTRIES = [
  {
    code: 99991400,
    policy: 'wait-rate-limit',
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 99991401,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
  },
  {
    code: 99991403,
    policy: 'wait-rate-limit',
    domain: 'quota',
    actor: 'wait',
  },
  ...sameFor([2200, 1663], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  }),
  {
    code: 1069701,
    ...REFRESH_ONCE,
  },
  {
    code: 1069704,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
  ...sameFor([970002, 970003], {
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  }),
  {
    code: 970005,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  },
  ...sameFor([99992402, 9499], {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  }),
] as const satisfies readonly CatalogueEntry[]
