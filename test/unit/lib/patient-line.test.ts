import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isHeldUp, PatientLine } from '#main/lib/patient-line.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})

/** Calls that return when they are told to. */
function silentDrive() {
  const line = new PatientLine()
  const open: PromiseWithResolvers<string>[] = []
  const call = () => {
    const next = Promise.withResolvers<string>()
    open.push(next)
    return next.promise
  }
  return {
    line,
    open,
    call: (late?: (value: string) => void) => line.run(call, late).catch((error) => error.code),
    async answers() {
      for (const one of open) one.resolve('answer')
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

const drives: { answers(): Promise<void> }[] = []
const aDrive = () => {
  const drive = silentDrive()
  drives.push(drive)
  return drive
}

afterEach(async () => {
  for (const drive of drives.splice(0)) await drive.answers()
  expect(isHeldUp()).toBe(false)
  vi.useRealTimers()
})

describe('a drive that does not answer', () => {
  it('holds one thread, and is given up within seconds', async () => {
    const { call, open } = aDrive()
    const calls = [call(), call(), call()]
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await Promise.all(calls)).toEqual(['ETIMEDOUT', 'ETIMEDOUT', 'ETIMEDOUT'])
    expect(open).toHaveLength(1)
    expect(isHeldUp()).toBe(true)
    expect(await call()).toBe('ETIMEDOUT')
    expect(open).toHaveLength(1)
  })

  it('is no matter of another', async () => {
    const silent = aDrive()
    const other = aDrive()
    const given = silent.call()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await given).toBe('ETIMEDOUT')
    const asked = other.call()
    await other.answers()
    expect(await asked).toBe('answer')
  })

  it('is asked again once it has answered, and what comes late is not lost', async () => {
    const { call, answers } = aDrive()
    const late: string[] = []
    const given = call((value) => late.push(value))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await given).toBe('ETIMEDOUT')
    await answers()
    expect(late).toEqual(['answer'])
    const asked = call()
    await answers()
    expect(await asked).toBe('answer')
  })

  it('is waited for longer once it was slow', async () => {
    const { call, answers, open } = aDrive()
    const slow = call()
    await vi.advanceTimersByTimeAsync(8_000)
    expect(await slow).toBe('ETIMEDOUT')
    await answers()
    const asked = call()
    await vi.advanceTimersByTimeAsync(20_000)
    open.at(-1)?.resolve('answer')
    expect(await asked).toBe('answer')
  })

  it('leaves a thread for others, however many there are', async () => {
    const silent = [aDrive(), aDrive(), aDrive()]
    for (const { call } of silent) void call()
    await vi.advanceTimersByTimeAsync(5_000)
    const fourth = aDrive()
    expect(await fourth.call()).toBe('ETIMEDOUT')
    expect(fourth.open).toHaveLength(0)
  })

  it('is given back what it lent, whenever it answers', async () => {
    const { line, call, answers } = aDrive()
    const given = call()
    let isClosed = false
    line.owe(async () => {
      isClosed = true
    })
    await vi.advanceTimersByTimeAsync(5_000)
    expect([await given, isClosed]).toEqual(['ETIMEDOUT', false])
    await answers()
    expect(isClosed).toBe(true)
  })
})
