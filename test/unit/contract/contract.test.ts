import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { isRequestChannel, REQUESTS, type RequestChannel } from '#shared/contract/contract.ts'
import { appSettingsSchema, settingsChangeSchema } from '#shared/contract/settings-schema.ts'

const CHANNELS = Object.keys(REQUESTS) as RequestChannel[]

describe('channels', () => {
  it('are named by their own names only', () => {
    expect(CHANNELS.every(isRequestChannel)).toBe(true)
    for (const name of ['constructor', '__proto__', 'toString', '', 'queue', 7, null, undefined]) {
      expect(isRequestChannel(name)).toBe(false)
    }
  })

  it.each(CHANNELS)('%s takes no field that it does not know', (channel) => {
    const schema: z.ZodType = REQUESTS[channel].input
    expect(schema.safeParse({ surplus: 1 }).success).toBe(false)
  })

  it('never throw, whatever they are given', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHANNELS), fc.anything(), (channel, input) => {
        const schema: z.ZodType = REQUESTS[channel].input
        schema.safeParse(input)
      }),
      { numRuns: 500 },
    )
  })
})

describe('settings', () => {
  it('have a value for everything', () => {
    expect(appSettingsSchema.parse({})).toMatchObject({ language: 'system', lanes: 'auto' })
  })

  it('change one at a time, without the others falling back to their defaults', () => {
    expect(settingsChangeSchema.parse({ theme: 'dark' })).toEqual({ theme: 'dark' })
    expect(settingsChangeSchema.safeParse({ theme: 'pink' }).success).toBe(false)
    expect(settingsChangeSchema.safeParse({ secret: 'x' }).success).toBe(false)
  })
})

it('no answer has a place for a secret', () => {
  for (const channel of CHANNELS) {
    expect(JSON.stringify(Object.keys(shapeOf(REQUESTS[channel].output)))).not.toMatch(/secret/i)
  }
})

function shapeOf(schema: z.ZodType): object {
  return 'shape' in schema ? (schema.shape as object) : {}
}
