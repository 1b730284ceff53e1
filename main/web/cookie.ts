import { IDLE_MS } from './sessions.ts'

/**
 * Cookies are shared by all ports of a host, so each port has its own. Behind TLS no other host and
 * no page without TLS can plant one (`__Host-`, RFC 6265bis).
 */
function cookieName(port: number, isSecure: boolean): string {
  return `${isSecure ? '__Host-' : ''}feidi_${port}`
}

export function sessionCookie(port: number, session: string, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : ''
  const name = cookieName(port, isSecure)
  return `${name}=${session}; Path=/; Max-Age=${IDLE_MS / 1_000}${secure}; HttpOnly; SameSite=Strict`
}

/** The session in a `Cookie` header; undefined without one, or with more than one. */
export function sessionOf(
  header: string | undefined,
  port: number,
  isSecure: boolean,
): string | undefined {
  const name = `${cookieName(port, isSecure)}=`
  const found = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(name))
  return found.length === 1 ? found[0]?.slice(name.length) : undefined
}
