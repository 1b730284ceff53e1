import { createHash, randomBytes } from 'node:crypto'

/** RFC 7636 section 4: the verifier stays here, its hash goes with the link. Always S256: Feishu's default is plain. */
export function createPkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(48).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Ties an answer to the sign-in it belongs to (RFC 6749 section 10.12). */
export function createState(): string {
  return randomBytes(24).toString('base64url')
}
