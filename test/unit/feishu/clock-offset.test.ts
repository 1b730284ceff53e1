import { expect, it } from 'vitest'
import { createClockOffset } from '#main/feishu/http/clock-offset.ts'

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0, 500)
const at = (nowMs: number, steadyMs = 0) => ({ nowMs, steadyMs })
const header = (offsetMs: number) => new Date(NOW + offsetMs - 500).toUTCString()

it('is 0 until a server has told its time', () => {
  const offset = createClockOffset()
  offset.observe(undefined, at(NOW))
  offset.observe('yesterday', at(NOW))
  expect(offset).toMatchObject({ ms: 0, isKnown: false })
})

it('learns the offset from the first answer and is not moved by one stale header', () => {
  const offset = createClockOffset()
  for (let i = 0; i < 3; i++) offset.observe(header(90_000), at(NOW))
  expect(offset.ms).toBe(90_000)
  offset.observe(header(-86_400_000), at(NOW))
  expect(offset.ms).toBe(90_000)
})

it('follows a server that has corrected its clock after three answers', () => {
  const offset = createClockOffset()
  for (let i = 0; i < 5; i++) offset.observe(header(90_000), at(NOW))
  for (let i = 0; i < 3; i++) offset.observe(header(0), at(NOW))
  expect(offset.ms).toBe(0)
})

it('follows a clock that was set here at the next answer', () => {
  const offset = createClockOffset()
  for (let i = 0; i < 5; i++) offset.observe(header(i * 1000), at(NOW + i * 1000, i * 1000))
  offset.observe(header(6_000), at(NOW + 3_606_000, 6_000))
  expect(offset).toMatchObject({ ms: -3_600_000, isKnown: true })
})
