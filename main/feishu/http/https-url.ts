/** Returns the text as a link that is safe to open; undefined for anything else. */
export function httpsUrl(text: string): string | undefined {
  const url = text.length <= 2048 ? URL.parse(text) : null
  return url?.protocol === 'https:' ? url.href : undefined
}
