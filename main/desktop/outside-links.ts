import type { ScopedLog } from '#main/lib/log/log.ts'
import type { ShellElectron } from './electron-parts.ts'
import type { Questions } from './questions.ts'

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

export interface OutsideOptions {
  readonly electron: Pick<ShellElectron, 'clipboard' | 'shell'>
  readonly questions: Questions
  readonly log: ScopedLog
}

/**
 * Opens a link to Feishu in the person's browser, or says that there is none. One to a host that was
 * given by hand is the person's to open.
 */
export async function openOutside(url: string, options: OutsideOptions): Promise<void> {
  const { electron, questions, log } = options
  if (!mayOpenOutside(url)) return
  try {
    await electron.shell.openExternal(url)
  } catch (error) {
    log.error('openExternal', { error })
    // No caller waits for the person.
    void questions
      .ask({
        type: 'warning',
        message: 'linkFailed',
        detail: 'linkFailedDetail',
        buttons: ['copyLink', 'understood'],
        onEscape: 'understood',
      })
      .then((answer) => (answer === 'copyLink' ? electron.clipboard.writeText(url) : undefined))
      .catch((failure: unknown) => log.error('openOutside', { error: failure }))
  }
}
