import type { CatalogueEntry } from '../catalogue-entry.ts'
import { sameFor } from './rules.ts'

/** The faults a Base finds in a request to it: ids, values, tokens. */
export const BASE_REQUEST_ENTRIES = [
  {
    code: 91403,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  },
  ...sameFor([1254000, 1254001, 1254007, 1254008, 1254010, 1254030], {
    policy: 'block-target',
    domain: 'server',
    actor: 'you',
  }),
  ...sameFor([1254100, 1254101, 1254102, 1254105], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  }),
  {
    code: 1254301,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  ...sameFor([1254003, 1254004, 1254005, 1254006, 1254009], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  }),
  {
    code: 1254027,
    policy: 'restart-upload',
    maxAttempts: 1,
    afterwards: 'block-target',
    domain: 'target',
    actor: 'wait',
  },
  {
    code: 1254036,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 1254037,
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  },
  {
    code: 1255006,
    policy: 'backoff',
    maxAttempts: 3,
    afterwards: 'fail-file',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  },
  ...sameFor(
    [
      1254060, 1254061, 1254062, 1254063, 1254064, 1254065, 1254066, 1254067, 1254068, 1254072,
      1254074,
    ],
    {
      policy: 'block-target',
      domain: 'target',
      actor: 'you',
    },
  ),
  {
    code: 1254104,
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  },
] as const satisfies readonly CatalogueEntry[]
