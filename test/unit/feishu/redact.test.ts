import { describe, expect, it } from 'vitest'
import { createRedactor } from '#main/lib/redact.ts'

describe('createRedactor', () => {
  it('hides a secret in every form it travels in', () => {
    const redactor = createRedactor()
    redactor.hide('p@ss wörd')
    const encoded = encodeURIComponent('p@ss wörd')
    const base64 = Buffer.from('p@ss wörd').toString('base64')
    expect(redactor.clean(`a p@ss wörd b ${encoded} c ${base64} d`)).toBe('a *** b *** c *** d')
  })

  it('hides what looks like a credential even when it is not known', () => {
    const text = 'Authorization: Bearer eyJhbGciOi.x-y and http://joe:hunter22@proxy:3128/'
    expect(createRedactor().clean(text)).toBe(
      'Authorization: Bearer *** and http://***@proxy:3128/',
    )
  })

  it('makes one short line', () => {
    const cleaned = createRedactor().clean(`a\r\nb\u0000\u001b[31m${'x'.repeat(1000)}`)
    expect(cleaned).toMatch(/^a b \[31mx+…$/)
    expect(cleaned.length).toBeLessThanOrEqual(301)
  })

  it('remembers the newest secrets only, so that it does not grow with every renewed token', () => {
    const redactor = createRedactor()
    for (let i = 0; i < 1000; i++) redactor.hide(`token-${i}-end`)
    expect(redactor.clean('token-999-end token-0-end')).toBe('*** token-0-end')
  })
})
