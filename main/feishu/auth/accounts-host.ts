import { type BaseUrl, parseBaseUrl } from '../http/base-url.ts'

/** The address where people sign in, by the host of the open API. */
const ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ['open.feishu.cn', 'https://accounts.feishu.cn'],
  ['open.larksuite.com', 'https://accounts.larksuite.com'],
])

/** The sign-in pages that belong to an API host. A host that was given by hand has its own. */
export function accountsHost(base: BaseUrl): BaseUrl {
  const known = ACCOUNTS.get(base.host)
  return known === undefined ? base : parseBaseUrl(known)
}
