import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCAL_ERROR_CODES } from '#shared/errors/error-code.ts'
import { explain } from '#shared/errors/explain.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { policyFor } from '#shared/errors/policy-for.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const UNLISTED = 4242

const BY_STATUS = [
  [undefined, 'fail-file', undefined],
  [0, 'fail-file', undefined],
  [Number.NaN, 'fail-file', undefined],
  [200, 'fail-file', undefined],
  [202, 'fail-file', undefined],
  [302, 'fail-file', undefined],
  [400, 'fail-file', undefined],
  [401, 'refresh-token', undefined],
  [402, 'fail-file', undefined],
  [403, 'block-target', undefined],
  [404, 'fail-file', undefined],
  [408, 'backoff', true],
  [413, 'fail-file', undefined],
  [429, 'wait-rate-limit', undefined],
  [499, 'fail-file', undefined],
  [500, 'backoff', true],
  [502, 'backoff', true],
  [504, 'backoff', true],
  [599, 'backoff', true],
] as const

describe('lookUp', () => {
  it.each(BY_STATUS)('judges an unlisted code by HTTP %s: %s', (httpStatus, policy, landed) => {
    const failure = { code: UNLISTED, ...(httpStatus !== undefined && { httpStatus }) }
    expect(lookUp(failure)).toMatchObject({ code: UNLISTED, policy })
    expect(lookUp(failure).mayHaveLanded).toBe(landed)
  })

  it.each([1061003, 1061007])('%i of a listing stops the folder, of an upload the file', (code) => {
    for (const endpoint of ['drive/v1/files', 'drive/v1/files/create_folder']) {
      expect(lookUp({ code, endpoint }).policy).toBe('block-target')
    }
    expect(lookUp({ code, endpoint: 'drive/v1/files/upload_all' }).policy).toBe('fail-file')
  })

  it('judges even a zero code by its status', () => {
    expect(lookUp({ code: 0, httpStatus: 503 }).policy).toBe('backoff')
  })

  it('lets a listed code speak for itself, whatever its status', () => {
    for (const httpStatus of [200, 400, 401, 403, 404, 429, 500]) {
      expect(lookUp({ code: 1061045, httpStatus }).policy).toBe('backoff')
      expect(lookUp({ code: 1061004, httpStatus }).policy).toBe('block-target')
    }
  })

  it.each([
    [undefined, 'backoff', true],
    [302, 'backoff', true],
    [401, 'refresh-token', undefined],
    [403, 'block-target', undefined],
    [404, 'fail-file', undefined],
    [408, 'backoff', true],
    [413, 'fail-file', undefined],
    [429, 'wait-rate-limit', undefined],
    [502, 'backoff', true],
  ] as const)('judges a bare HTTP %s as %s', (httpStatus, policy, landed) => {
    const entry = lookUp({ code: 'http-error', ...(httpStatus !== undefined && { httpStatus }) })
    expect(entry).toMatchObject({ code: 'http-error', policy })
    expect(entry.mayHaveLanded).toBe(landed)
  })

  it('takes the status from a TransferError as well as from plain data', () => {
    expect(lookUp(new TransferError(UNLISTED, { httpStatus: 429 })).policy).toBe('wait-rate-limit')
    expect(lookUp({ code: UNLISTED, httpStatus: 429 }).policy).toBe('wait-rate-limit')
    expect(lookUp({ code: UNLISTED, context: { httpStatus: 429 } }).policy).toBe('wait-rate-limit')
  })

  it('has an answer for any code and status', () => {
    const anyCode = fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc.constantFrom(...LOCAL_ERROR_CODES),
    )
    const anyStatus = fc.oneof(fc.integer(), fc.integer({ min: 100, max: 599 }), fc.double())
    fc.assert(
      fc.property(anyCode, anyStatus, fc.double(), (code, httpStatus, attempts) => {
        const failure = { code, httpStatus }
        const entry = lookUp(failure)
        expect(entry.code).toBe(code)
        expect([entry.policy, entry.afterwards]).toContain(policyFor(failure, attempts))
        for (const final of [true, false]) {
          const { message, remedy } = explain({ ...failure, atMs: 0 }, 'en', { final })
          expect(message).toMatch(/\.$/)
          expect(remedy).toMatch(/\.$/)
        }
      }),
    )
  })

  it('has an answer for a name that an older version stored', () => {
    const failure = { code: 'no-longer-known' as (typeof LOCAL_ERROR_CODES)[number], atMs: 0 }
    expect(lookUp(failure).policy).toBe('fail-file')
    expect(explain(failure, 'zh-CN').message).toMatch(/。$/)
  })
})
