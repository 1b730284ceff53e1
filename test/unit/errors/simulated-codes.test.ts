import { expect, it } from 'vitest'
import { CATALOGUE } from '#shared/errors/catalogue.ts'
import { REFUSAL_CODES } from '#test/simulator/refusal.ts'

it('everything that the simulated Feishu answers is explained', () => {
  expect(REFUSAL_CODES.filter((code) => !CATALOGUE.has(code))).toEqual([])
})
