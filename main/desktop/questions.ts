import { explain } from '#shared/errors/explain.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import { safeText } from '#shared/text/safe-text.ts'
import { type KeyIn, t } from '#shared/text/t.ts'
import type { ShellElectron } from './electron-parts.ts'

type Word = KeyIn<'desktop'>

interface Question {
  readonly type: 'question' | 'warning' | 'error' | 'info'
  readonly message: Word
  readonly detail: Word
  /** Added to the detail as it is: a path. */
  readonly extra?: string
  /** The first is what Enter does. */
  readonly buttons: readonly [Word, ...Word[]]
  readonly onEscape: Word
  /** Takes the question back. */
  readonly signal?: AbortSignal
}

/** Questions and explanations in windows of the system, which work when our own does not. */
export class Questions {
  readonly #dialog: ShellElectron['dialog']
  readonly #language: () => Language

  constructor(dialog: ShellElectron['dialog'], language: () => Language) {
    this.#dialog = dialog
    this.#language = language
  }

  /** @returns which button was chosen */
  async ask(question: Question): Promise<Word> {
    const { type, message, detail, extra, buttons, onEscape, signal } = question
    const say = (word: Word) => t(this.#language(), `desktop.${word}`)
    const { response } = await this.#dialog.showMessageBox({
      type,
      message: say(message),
      detail: [say(detail), ...(extra === undefined ? [] : [safeText(extra)])].join('\n'),
      buttons: buttons.map((word) => say(word)),
      defaultId: 0,
      cancelId: buttons.indexOf(onEscape),
      noLink: true,
      ...(signal !== undefined && { signal }),
    })
    return buttons[response] ?? onEscape
  }

  /** Says why Feidi can not start. */
  explain(error: unknown, nowMs: number): void {
    const known = error instanceof TransferError ? error : new TransferError('internal')
    const { message, remedy } = explain(errorInfo(known, nowMs), this.#language(), { final: true })
    this.#dialog.showErrorBox(safeText(message), safeText(remedy))
  }

  /** @returns undefined when the person chose nothing */
  async pick(kind: 'files' | 'folder'): Promise<string[] | undefined> {
    const property = kind === 'files' ? ('openFile' as const) : ('openDirectory' as const)
    const chosen = await this.#dialog.showOpenDialog({
      properties: [property, 'multiSelections'],
    })
    return chosen.canceled ? undefined : chosen.filePaths
  }
}
