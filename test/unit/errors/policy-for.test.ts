import { describe, expect, it } from 'vitest'
import type { ErrorPolicy } from '#shared/errors/catalogue-entry.ts'
import type { Failure } from '#shared/errors/look-up.ts'
import { policyFor } from '#shared/errors/policy-for.ts'

const UNLISTED = 4242

const ROWS: readonly (readonly [Failure, number, ErrorPolicy])[] = [
  // five tries, then it is given up
  [{ code: 1061001 }, 1, 'backoff'],
  [{ code: 1061001 }, 5, 'backoff'],
  [{ code: 1061001 }, 6, 'fail-file'],
  [{ code: 1061001 }, 1000, 'fail-file'],
  // a token is renewed once
  [{ code: 99991677 }, 1, 'refresh-token'],
  [{ code: 99991677 }, 2, 'block-account'],
  [{ code: UNLISTED, httpStatus: 401 }, 1, 'refresh-token'],
  [{ code: UNLISTED, httpStatus: 401 }, 2, 'block-account'],
  // a part is read twice more, then the upload starts from scratch
  [{ code: 1062008 }, 2, 'reread-part'],
  [{ code: 1062008 }, 3, 'restart-upload'],
  [{ code: 1062009 }, 3, 'restart-upload'],
  [{ code: 1062013 }, 1, 'restart-upload'],
  [{ code: 1062013 }, 2, 'fail-file'],
  [{ code: 1254041 }, 3, 'backoff'],
  [{ code: 1254041 }, 4, 'block-target'],
  [{ code: 'source-io-error' }, 4, 'fail-file'],
  // no limit: the same for ever
  [{ code: 1061045 }, 1_000_000, 'backoff'],
  [{ code: 99991400 }, 1_000_000, 'wait-rate-limit'],
  [{ code: 'dns-failed' }, Number.POSITIVE_INFINITY, 'backoff'],
  [{ code: 1061004 }, 2, 'block-target'],
  // counts that make no sense are a first time
  [{ code: 1061001 }, 0, 'backoff'],
  [{ code: 1061001 }, -7, 'backoff'],
  [{ code: 1061001 }, Number.NaN, 'backoff'],
  [{ code: 1061001 }, 5.5, 'fail-file'],
  [{ code: 1061001 }, Number.POSITIVE_INFINITY, 'fail-file'],
]

describe('policyFor', () => {
  it.each(ROWS)('answers %j, met %s times in a row, with %s', (failure, attempts, policy) => {
    expect(policyFor(failure, attempts)).toBe(policy)
  })
})
