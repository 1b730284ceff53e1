import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '#shared/errors/catalogue.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { explain } from '#shared/errors/explain.ts'
import { leastFirst } from '#shared/errors/least-scope.ts'
import { type Remedy, remedyFor } from '#shared/errors/remedy-for.ts'

describe('remedyFor', () => {
  it.each<[ErrorCode, Remedy, string]>([
    [1061004, 'other-destination', 'no permission'],
    [1062507, 'other-destination', 'a full folder'],
    [1061109, 'show-file', 'a refused name'],
    ['source-missing', 'find-file', 'a file that is gone'],
    ['import-format', 'as-file', 'a file that can not become a document'],
    [99991672, 'add-scopes', 'a scope that the app lacks'],
    [1061073, 'add-scopes', 'the scope for uploading'],
    [99991679, 'grant', 'a scope that the person has not granted'],
    [20064, 'sign-in', 'a revoked sign-in'],
    [1061061, 'retry', 'a full storage'],
    [99991403, 'retry', 'the quota of the month'],
    [99991401, 'check-account', 'an address that is not allowed'],
    ['proxy-refused', 'network-settings', 'a proxy'],
    ['home-moved', 'adopt-home', 'another computer'],
  ])('%s: %s, for %s', (code, remedy) => {
    expect(remedyFor({ code })).toBe(remedy)
  })

  it('judges a code that is not listed by its status', () => {
    expect(remedyFor({ code: 4242, httpStatus: 401 })).toBe('sign-in')
    expect(remedyFor({ code: 4242, httpStatus: 403 })).toBe('other-destination')
  })

  it('is what the text tells the person to do', () => {
    const words: Partial<Record<Remedy, RegExp>> = {
      'sign-in': /sign in|account|App ID|App Secret|feidi login|Update Feidi/i,
      'add-scopes': /scope|Permissions/,
      'find-file': /add it again/,
    }
    const untrue = [...CATALOGUE].filter(([code, { actor }]) => {
      const said = words[remedyFor({ code })]
      return actor === 'you' && said !== undefined && !said.test(remedyOf(code))
    })
    expect(untrue.map(([code]) => code)).toEqual([])
  })
})

function remedyOf(code: ErrorCode): string {
  return explain({ code, atMs: 0 }, 'en', { final: true }).remedy
}

it('the scope that opens least leads', () => {
  expect(leastFirst(['drive:drive', 'drive:file', 'drive:file:upload'])[0]).toBe(
    'drive:file:upload',
  )
  expect(leastFirst(['docx:document', 'docx:document:readonly'])[0]).toBe('docx:document:readonly')
  expect(leastFirst(['drive:drive:readonly', 'drive:drive.metadata:readonly'])[0]).toBe(
    'drive:drive.metadata:readonly',
  )
  expect(leastFirst([])).toEqual([])
})
