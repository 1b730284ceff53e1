import { spawn } from 'node:child_process'
import type { ShellApp, ShellProcess } from './electron-parts.ts'

/** Has Feidi started again when it has ended, without the files and flags of this start. */
export function startAgainLater(app: ShellApp, { env }: Pick<ShellProcess, 'env'>): void {
  const image = app.isPackaged ? env['APPIMAGE'] : undefined
  if (image !== undefined) {
    // Electron's helper would wait for our end in the image's mount, which is gone by then.
    app.on('quit', () => {
      app.releaseSingleInstanceLock()
      const child = spawn(image, { detached: true, stdio: 'ignore' })
      child.on('error', () => {})
      child.unref()
    })
    return
  }
  // A portable program unpacks itself into a folder that it deletes at its end.
  const execPath = env['PORTABLE_EXECUTABLE_FILE']
  const args = app.isPackaged ? [] : [app.getAppPath()]
  app.relaunch({ args, ...(execPath !== undefined && { execPath }) })
}
