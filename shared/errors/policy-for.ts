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
