import type { ErrorPolicy } from './catalogue-entry.ts'
import { type Failure, lookUp } from './look-up.ts'

/**
 * The policy in force for a failure.
 * @param attempts how many times in a row this code was met, this time included: 1 for the first
 */
export function policyFor(error: Failure, attempts: number): ErrorPolicy {
  const { policy, maxAttempts, afterwards } = lookUp(error)
  if (maxAttempts === undefined || afterwards === undefined) return policy
  return attempts > maxAttempts ? afterwards : policy
}

/**
 * Returns how often a call may be made that fails so each time, the first time included.
 * @param usual the number for a code that the catalogue sets no bound to
 */
export function mostTries(error: Failure, usual: number): number {
  const { maxAttempts } = lookUp(error)
  return maxAttempts === undefined ? usual : maxAttempts + 1
}

/** Checks whether the policy in force for a failure is to wait and try again. */
export function isWaitedOut(error: Failure, attempts: number): boolean {
  const policy = policyFor(error, attempts)
  return policy === 'backoff' || policy === 'wait-rate-limit'
}
