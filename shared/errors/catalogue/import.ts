import type { CatalogueEntry, EntryBody } from '../catalogue-entry.ts'
import type { ImportErrorCode } from '../error-code.ts'
import { sameFor } from './rules.ts'

/** Files that become documents (导入文件): Feishu's answers to the calls for it. */
export const IMPORT_ENTRIES = [
  ...sameFor([1069901, 1069903, 1069905], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  }),
  ...sameFor([1069902, 1069908], {
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  }),
  ...sameFor([1069904, 1069910, 1069911], {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  }),
  ...sameFor([1069906, 1069907, 1069914], {
    policy: 'restart-upload',
    maxAttempts: 2,
    afterwards: 'fail-file',
    domain: 'server',
    actor: 'wait',
  }),
  {
    code: 1069909,
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  {
    code: 1069912,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  {
    code: 1069913,
    policy: 'restart-upload',
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 1069923,
    policy: 'wait-rate-limit',
    domain: 'server',
    actor: 'wait',
  },
] as const satisfies readonly CatalogueEntry[]

/** Errors that Feidi itself finds there, and the outcomes of import tasks, which have other numbers. */
export const IMPORT_BODIES = {
  'document-needs-folder': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  'import-too-large': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'import-not-utf8': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'import-format': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'import-encrypted': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'import-too-complex': {
    policy: 'fail-file',
    domain: 'source',
    actor: 'you',
  },
  'import-failed': {
    policy: 'restart-upload',
    maxAttempts: 3,
    afterwards: 'fail-file',
    domain: 'server',
    actor: 'wait',
  },
  'import-busy': {
    policy: 'restart-upload',
    maxAttempts: 3,
    afterwards: 'fail-file',
    domain: 'server',
    actor: 'wait',
  },
  'import-slow': {
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
  'import-unanswered': {
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
  'import-as-file': {
    policy: 'restart-upload',
    domain: 'source',
    actor: 'wait',
  },
  'document-uncertain': {
    policy: 'fail-file',
    domain: 'server',
    actor: 'you',
  },
  'document-not-moved': {
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
} satisfies Record<ImportErrorCode, EntryBody>
