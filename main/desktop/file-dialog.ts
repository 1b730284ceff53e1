import { dirname } from 'node:path'
import { asParent, type ShellElectron, type ShellWindow } from './electron-parts.ts'
import type { WindowMemory } from './window-state.ts'

export interface FileDialogOptions {
  readonly dialog: ShellElectron['dialog']
  readonly memory: WindowMemory
  /** The window that it belongs to, if the person sees it. */
  readonly window: () => ShellWindow | undefined
}

/** The system's dialog for files and folders. It begins where the last one ended. */
export class FileDialog {
  readonly #options: FileDialogOptions
  #isOpen = false

  constructor(options: FileDialogOptions) {
    this.#options = options
  }

  /** @returns undefined when the person chose nothing, or is already choosing */
  async pick(kind: 'files' | 'folder'): Promise<string[] | undefined> {
    if (this.#isOpen) return undefined
    this.#isOpen = true
    try {
      return await this.#show(kind)
    } finally {
      this.#isOpen = false
    }
  }

  async #show(kind: 'files' | 'folder'): Promise<string[] | undefined> {
    const { dialog, memory, window } = this.#options
    const { lastFolder } = memory.state
    const options: Electron.OpenDialogOptions = {
      properties: [kind === 'files' ? 'openFile' : 'openDirectory', 'multiSelections'],
      // Electron's own choice is the folder of downloads.
      ...(lastFolder !== null && { defaultPath: lastFolder }),
    }
    const parent = window()
    const { canceled, filePaths } = await (parent === undefined
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(asParent(parent), options))
    const [first] = filePaths
    if (canceled || first === undefined) return undefined
    memory.remember({ lastFolder: dirname(first) })
    return filePaths
  }
}
