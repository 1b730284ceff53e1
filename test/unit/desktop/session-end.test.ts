import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SessionEnd } from '#main/desktop/session-end.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function aSession() {
  const did: string[] = []
  const end = new SessionEnd({
    halt: () => did.push('halt'),
    resume: () => did.push('resume'),
    quit: () => did.push('quit'),
  })
  return { end, did }
}

it('a shutdown that is called off stops nothing for good', () => {
  const { end, did } = aSession()
  end.announced()
  expect(did).toEqual(['halt'])
  vi.advanceTimersByTime(60_000)
  expect(did).toEqual(['halt', 'resume'])
})

it('a shutdown that comes is the end', () => {
  const { end, did } = aSession()
  end.announced()
  end.comes()
  vi.advanceTimersByTime(60_000)
  expect(did).toEqual(['halt', 'quit'])
})
