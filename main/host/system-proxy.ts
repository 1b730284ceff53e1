import type { ProxyEnvironment } from '#main/remote/proxy.ts'

/** What Chromium says of a URL: `DIRECT`, or `PROXY host:port; DIRECT`, and the like. */
export type ResolveProxy = (url: string) => Promise<string>

const NAMES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']
const SCHEMES: Readonly<Record<string, string>> = { PROXY: 'http', HTTPS: 'https' }

/**
 * The proxy of the machine: what the environment says, else what the system says. Of a list the first
 * that is usable; where there are only SOCKS proxies, one of them, so that it is said what is wrong.
 */
export async function systemProxy(
  url: string,
  environment: ProxyEnvironment,
  resolve: ResolveProxy | undefined,
): Promise<ProxyEnvironment> {
  const isGiven = NAMES.some((name) => environment[name]?.trim())
  if (isGiven || resolve === undefined) return environment
  const ways = (await resolve(url)).split(';').map((way) => way.trim().split(/\s+/))
  for (const [kind = '', host] of ways) {
    if (kind === 'DIRECT') return {}
    const scheme = SCHEMES[kind]
    if (scheme !== undefined && host !== undefined) return { HTTPS_PROXY: `${scheme}://${host}` }
  }
  const [, host] = ways.find(([kind]) => kind?.startsWith('SOCKS')) ?? []
  return host === undefined ? {} : { HTTPS_PROXY: `socks5://${host}` }
}
