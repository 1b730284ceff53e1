import type { CatalogueEntry } from '../catalogue-entry.ts'
import { sameFor } from './rules.ts'

/** Floating images on sheets (电子表格), and the rights to files in Drive (云文档权限). */
export const SHEET_ENTRIES = [
  {
    code: 1310213,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  },
  ...sameFor([1310211, 1310214, 1310215, 1310249], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  }),
  ...sameFor([1310202, 1310218], {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  }),
  {
    code: 1310245,
    policy: 'restart-upload',
    maxAttempts: 1,
    afterwards: 'fail-file',
    domain: 'target',
    actor: 'wait',
  },
  {
    code: 1310226,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  },
  ...sameFor([1310229, 1310243, 1310244, 1310246], {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  }),
  ...sameFor([1310235, 1310242, 1315201, 1315203], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  }),
  {
    code: 1310247,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  ...sameFor([1310217, 90217], {
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  }),
  ...sameFor([1063001, 1063005], {
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  }),
  {
    code: 1063003,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  },
  {
    code: 1063006,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
  ...sameFor([1066001, 1066002], {
    policy: 'backoff',
    maxAttempts: 5,
    afterwards: 'fail-file',
    domain: 'server',
    actor: 'wait',
  }),
  {
    code: 1063004,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  },
  {
    code: 1063002,
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  },
] as const satisfies readonly CatalogueEntry[]
