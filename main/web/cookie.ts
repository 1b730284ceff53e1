/** Cookies are shared by all ports of a host, so each port has its own. */
function cookieName(port: number): string {
  return `feidi_${port}`
}

/** Long enough to be kept open for months. */
const MAX_AGE_S = 90 * 24 * 3600

export function sessionCookie(port: number, session: string): string {
  return `${cookieName(port)}=${session}; Path=/; Max-Age=${MAX_AGE_S}; HttpOnly; SameSite=Strict`
}

/** The session in a `Cookie` header; undefined without one, or with more than one. */
export function sessionOf(header: string | undefined, port: number): string | undefined {
  const name = `${cookieName(port)}=`
  const found = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(name))
  return found.length === 1 ? found[0]?.slice(name.length) : undefined
}
