import { expect, it } from 'vitest'
import { createClockOffset } from '#main/feishu/http/clock-offset.ts'

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0, 500)
const header = (offsetMs: number) => new Date(NOW + offsetMs - 500).toUTCString()

it('is 0 until a server has told its time', () => {
  const offset = createClockOffset()
  offset.observe(undefined, NOW)
  offset.observe('yesterday', NOW)
  expect(offset.ms).toBe(0)
})

it('learns the offset from the first answer and is not moved by one stale header', () => {
  const offset = createClockOffset()
  for (let i = 0; i < 3; i++) offset.observe(header(90_000), NOW)
  expect(offset.ms).toBe(90_000)
  offset.observe(header(-86_400_000), NOW)
  expect(offset.ms).toBe(90_000)
})

it('follows a corrected clock after three answers', () => {
  const offset = createClockOffset()
  for (let i = 0; i < 5; i++) offset.observe(header(90_000), NOW)
  for (let i = 0; i < 3; i++) offset.observe(header(0), NOW)
  expect(offset.ms).toBe(0)
})
