import type { CatalogueEntry } from '../catalogue-entry.ts'
import { MAY_APPEAR } from './rules.ts'

/** Further codes of Drive: folders, versions and moving things about. */
export const DRIVE_ENTRIES = [
  {
    code: 1061022,
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'fail-file',
    domain: 'target',
    actor: 'wait',
  },
  {
    code: 1061500,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  {
    code: 1064230,
    policy: 'block-account',
    domain: 'server',
    actor: 'admin',
  },
  {
    code: 1064001,
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  },
  {
    code: 1064510,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  },
  {
    code: 1064511,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  },
  {
    code: 1062501,
    policy: 'fail-file',
    domain: 'permission',
    actor: 'you',
  },
  {
    code: 1062502,
    policy: 'fail-file',
    domain: 'permission',
    actor: 'you',
  },
  {
    code: 1062524,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  },
  {
    code: 1062535,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  },
  {
    code: 1065200,
    ...MAY_APPEAR,
    afterwards: 'fail-file',
  },
  {
    code: 91204,
    policy: 'block-account',
    domain: 'permission',
    actor: 'you',
  },
  {
    code: 91201,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
] as const satisfies readonly CatalogueEntry[]
