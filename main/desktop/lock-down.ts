import { isStartPage } from './app-protocol.ts'
import type { ShellContents, ShellElectron } from './electron-parts.ts'

/** Copying a link after a click. Reading the clipboard is another permission, and not given. */
const isGiven = (permission: string) => permission === 'clipboard-sanitized-write'

/**
 * Keeps the page ours: it is given nothing of the machine, opens nothing and goes nowhere, but for links to
 * Feishu, which the person's own browser opens.
 * @param origin where the pages come from
 * @param openOutside opens a link, if it leads to Feishu
 */
export function lockDown(
  { app, session }: Pick<ShellElectron, 'app' | 'session'>,
  origin: string,
  openOutside: (url: string) => Promise<void>,
): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(isGiven(permission)),
  )
  defaultSession.setPermissionCheckHandler((_contents, permission) => isGiven(permission))
  defaultSession.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_event, contents: ShellContents) => {
    contents.setWindowOpenHandler(({ url }) => {
      void openOutside(url)
      return { action: 'deny' }
    })
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isStartPage(event.url, origin)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}
