/** The authorities that vouch for the servers we speak to. */
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'

/** By the certificates given; there are as few as CA files. */
const MADE = new Map<string, SecureContext>()

/**
 * Trusts the authorities that Node brings along, those of the system, and those given. A company that
 * inspects its traffic puts its own into the system, where browsers find them. The first time takes some
 * tenths of a second, most of it for the system's store.
 * @param pem - further certificates
 */
export function trusting(pem = ''): SecureContext {
  const context = MADE.get(pem) ?? make(pem)
  MADE.set(pem, context)
  return context
}

function make(pem: string): SecureContext {
  const known = new Set([...getCACertificates('default'), ...authoritiesOfTheSystem()])
  return createSecureContext({ ca: [...known, ...(pem === '' ? [] : [pem])] })
}

function authoritiesOfTheSystem(): readonly string[] {
  try {
    return getCACertificates('system')
  } catch {
    // A store that cannot be read must not take the usual authorities away.
    return []
  }
}
