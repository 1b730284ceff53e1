/** The hosts a link of ours may lead to: Feishu and Lark, in the person's own browser. */
const KNOWN_HOSTS = ['feishu.cn', 'larksuite.com', 'larkoffice.com']

/** Checks whether a link may be handed to the system. Any other could start a program. */
export function mayOpenOutside(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.port !== '') {
    return false
  }
  return KNOWN_HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
}
