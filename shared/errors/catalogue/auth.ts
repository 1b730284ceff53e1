import type { CatalogueEntry } from '../catalogue-entry.ts'
import { REFRESH_ONCE, sameFor } from './rules.ts'

/** An app's own token, what the gateway says about tokens, and what the app and the person are allowed to do. */
export const AUTH_ENTRIES = [
  ...sameFor([99991543, 20002, 20048], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  }),
  {
    code: 10003,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 10005,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  },
  ...sameFor([10012, 10013], {
    policy: 'backoff',
    maxAttempts: 1,
    afterwards: 'block-account',
    domain: 'auth',
    actor: 'wait',
  }),
  {
    code: 10014,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 10015,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  ...sameFor([20013, 20014], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  }),
  {
    code: 99991661,
    ...REFRESH_ONCE,
  },
  ...sameFor([99991662, 99991673, 20009, 20069], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  }),
  {
    code: 99991663,
    ...REFRESH_ONCE,
  },
  ...sameFor([99991664, 99991665], {
    ...REFRESH_ONCE,
  }),
  {
    code: 99991668,
    ...REFRESH_ONCE,
  },
  {
    code: 99991669,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 99991671,
    ...REFRESH_ONCE,
  },
  {
    code: 99991672,
    policy: 'block-kind',
    domain: 'permission',
    actor: 'admin',
  },
  {
    code: 99991676,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
  },
  {
    code: 99991677,
    ...REFRESH_ONCE,
  },
  {
    code: 99991679,
    policy: 'block-kind',
    domain: 'permission',
    actor: 'you',
  },
] as const satisfies readonly CatalogueEntry[]
