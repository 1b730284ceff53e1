import { type ProxyEnvironment, proxyIn } from '#main/feishu/http/proxy.ts'

/** Returns Chromium's answer for a URL: `DIRECT`, or `PROXY host:port; DIRECT`, and the like. */
export type ResolveProxy = (url: string) => Promise<string>

/** Chromium looks names up itself for version 4, and leaves it to the proxy for version 5. */
const SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5h',
}

/** The proxy of the machine: what the environment says, else what the system says, of a list the first usable. */
export async function systemProxy(
  url: string,
  environment: ProxyEnvironment,
  resolve: ResolveProxy | undefined,
): Promise<ProxyEnvironment> {
  if (proxyIn(environment) !== undefined || resolve === undefined) return environment
  const ways = (await resolve(url)).split(';').map((way) => way.trim().split(/\s+/))
  for (const [kind = '', host] of ways) {
    if (kind === 'DIRECT') return {}
    const scheme = SCHEMES[kind]
    if (scheme !== undefined && host !== undefined) return { HTTPS_PROXY: `${scheme}://${host}` }
  }
  return {}
}
