import type { CatalogueEntry } from '../catalogue-entry.ts'
import { REFRESH_ONCE, sameFor } from './rules.ts'

/** The codes of signing in, of renewing a sign-in and of user_info. None is about a file. */
export const SIGN_IN_ENTRIES = [
  {
    code: 20026,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 20037,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 20064,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 20073,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  ...sameFor([20003, 20004, 20049, 20065, 20071], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  }),
  {
    code: 20010,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
  },
  ...sameFor([20050, 20072], {
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  }),
  {
    code: 20074,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  },
  {
    code: 20027,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
  },
  {
    code: 20029,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  },
  ...sameFor([20005, 20006], {
    ...REFRESH_ONCE,
  }),
  {
    code: 20007,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 20008,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  },
  {
    code: 20066,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  },
  {
    code: 20021,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  },
  {
    code: 20022,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  },
  {
    code: 20023,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  },
  {
    code: 20024,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 20036,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  ...sameFor([20001, 20063, 20067, 20070], {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  }),
  {
    code: 20068,
    policy: 'block-account',
    domain: 'permission',
    actor: 'admin',
  },
  {
    code: 21000,
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  {
    code: 21001,
    policy: 'block-account',
    domain: 'auth',
    actor: 'admin',
  },
] as const satisfies readonly CatalogueEntry[]
