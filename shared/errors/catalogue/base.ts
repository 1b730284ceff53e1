import type { CatalogueEntry } from '../catalogue-entry.ts'
import { MAY_APPEAR, sameFor } from './rules.ts'

/** An item that a Base should have is not there, or not there yet. */
const MISSING = { ...MAY_APPEAR, afterwards: 'block-target' } as const

/** Writing an attachment into a record of a Base (多维表格). */
export const BASE_ENTRIES = [
  {
    code: 1254290,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 1254291,
    policy: 'backoff',
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 1254607,
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  },
  ...sameFor([1254112, 1254002], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  }),
  ...sameFor([1255001, 1255002, 1255003, 1255004, 1255005], {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  }),
  {
    code: 1255040,
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  },
  {
    // Proof that an earlier try arrived, but not that it was carried out: looked up before it counts.
    code: 1254608,
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  },
  {
    code: 1254303,
    policy: 'restart-upload',
    domain: 'target',
    actor: 'wait',
  },
  ...sameFor([1254302, 1254304], {
    policy: 'block-target',
    domain: 'permission',
    actor: 'you',
  }),
  {
    code: 1254306,
    policy: 'block-target',
    domain: 'quota',
    actor: 'admin',
  },
  {
    code: 1254015,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  {
    code: 1254069,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  { code: 1254040, ...MISSING },
  { code: 1254041, ...MISSING },
  { code: 1254042, ...MISSING },
  { code: 1254043, ...MISSING },
  { code: 1254044, ...MISSING },
  { code: 1254045, ...MISSING },
  {
    code: 1254103,
    policy: 'block-target',
    domain: 'target',
    actor: 'you',
  },
  {
    code: 1254106,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  },
  {
    code: 1254130,
    policy: 'fail-file',
    domain: 'target',
    actor: 'you',
  },
] as const satisfies readonly CatalogueEntry[]
