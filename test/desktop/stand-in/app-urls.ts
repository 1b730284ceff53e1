/** Chromium knows no scheme of ours, so its pages have an address of the same shape under https. */
const SUFFIX = '.app-scheme.invalid'

export function toPageUrl(appUrl: string): string {
  return appUrl.replace(/^app:\/\/([^/?#]*)/, (_, host: string) => `https://${host}${SUFFIX}`)
}

/** Any other address stays as it is. */
export function toAppUrl(pageUrl: string): string {
  const url = URL.parse(pageUrl)
  if (url === null || !url.hostname.endsWith(SUFFIX)) return pageUrl
  return pageUrl.replace(
    `https://${url.hostname}`,
    `app://${url.hostname.slice(0, -SUFFIX.length)}`,
  )
}
