/**
 * The conclusion from a look at a folder after the answer to a call that makes a file visible was
 * lost: evidence and policy on the one hand, a verdict on the other (decision 0017).
 */
import type { CopyProof } from '#shared/model/copy.ts'
import type { Handling } from '#shared/model/transfer.ts'

/**
 * The evidence on a file of our name that appeared since the call left.
 * - `bytes`: it holds exactly what we sent
 * - `other`: it holds something else
 * - `none`: it cannot be told; a name, a time and an owner prove nothing
 */
type Evidence = 'bytes' | 'other' | 'none'

export interface Candidate {
  readonly token: string
  readonly evidence: Evidence
  /** With one of these rights there would be some. */
  readonly missingScopes?: readonly string[]
  readonly url?: string
  readonly createdAtMs?: number
}

export type LandingVerdict =
  /** It is up, proven. */
  | { readonly kind: 'done'; readonly fileToken: string; readonly proof: CopyProof }
  /** No file there can be ours: as far as this look tells, the call has not taken effect. */
  | { readonly kind: 'not-there' }
  /** A file of that name is there, and that is all a person who wants to skip asks. */
  | { readonly kind: 'name-taken' }
  /** One of these may be ours, and only a person can tell. They are never replaced as ours. */
  | { readonly kind: 'uncertain'; readonly candidates: readonly Candidate[] }

/** The verdict on what a look has found. */
export function verdictOn(
  candidates: readonly Candidate[],
  sameName: Handling['sameName'],
): LandingVerdict {
  const proven = candidates.find(({ evidence }) => evidence === 'bytes')
  if (proven !== undefined) return { kind: 'done', fileToken: proven.token, proof: 'bytes' }
  const doubtful = candidates.filter(({ evidence }) => evidence === 'none')
  if (doubtful.length === 0) return { kind: 'not-there' }
  if (sameName === 'skip') return { kind: 'name-taken' }
  return { kind: 'uncertain', candidates: doubtful }
}
