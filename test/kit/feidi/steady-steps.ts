import type { IdleTimer } from '#main/feishu/http/idle-deadline.ts'

/**
 * Between two looks at the time at most so much of it counts. A process that gets no processor for a second has
 * not waited: when it comes back, no deadline is over that it had work to do in.
 */
export const LONGEST_STEP_MS = 20

/** Returns a time in ms that passes as the machine's does, except while this process is kept from looking. */
export function steadySteps(): () => number {
  let steppedMs = 0
  let seenMs = performance.now()
  return () => {
    const realMs = performance.now()
    steppedMs += Math.min(realMs - seenMs, LONGEST_STEP_MS)
    seenMs = realMs
    return steppedMs
  }
}

/** Returns how long it takes in such a time, for what a person waits for at most. */
export async function steadyMsUntil(promise: Promise<unknown>): Promise<number> {
  const nowMs = steadySteps()
  const looking = setInterval(nowMs, LONGEST_STEP_MS / 2)
  try {
    await promise
    return nowMs()
  } finally {
    clearInterval(looking)
  }
}

/** Measures silence on the line by such a time. */
export function patientTimer(): IdleTimer {
  const nowMs = steadySteps()
  return {
    nowMs,
    after(ms, callback) {
      const dueMs = nowMs() + ms
      const look = () => {
        const leftMs = dueMs - nowMs()
        if (leftMs <= 0) callback()
        else timer = setTimeout(look, Math.min(leftMs, LONGEST_STEP_MS))
      }
      let timer = setTimeout(look, Math.min(ms, LONGEST_STEP_MS))
      return () => clearTimeout(timer)
    },
  }
}
