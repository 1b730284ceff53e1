import { explain } from '#shared/errors/explain.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import { safeText } from '#shared/text/safe-text.ts'
import { type KeyIn, t } from '#shared/text/t.ts'
import { asParent, type ShellElectron, type ShellWindow } from './electron-parts.ts'

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

export interface QuestionsOptions {
  readonly dialog: ShellElectron['dialog']
  readonly language: () => Language
  /**
   * The window that a question belongs to, in sight. Without one, macOS stops the whole program
   * until the question is answered, and Linux may deliver the answer half a minute late
   * (electron#23319, electron#51049).
   */
  readonly window: () => Promise<ShellWindow>
}

/** Questions and explanations in boxes of the system, which work when our own page does not. */
export class Questions {
  readonly #options: QuestionsOptions

  constructor(options: QuestionsOptions) {
    this.#options = options
  }

  /** @returns which button was chosen */
  async ask(question: Question): Promise<Word> {
    const { type, message, detail, extra, buttons, onEscape, signal } = question
    const { dialog, language, window } = this.#options
    const parent = asParent(await window())
    const say = (word: Word) => t(language(), `desktop.${word}`)
    const { response } = await dialog.showMessageBox(parent, {
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
}

/** Says why Feidi can not start. */
export function explainStart(
  dialog: ShellElectron['dialog'],
  language: Language,
  error: unknown,
): void {
  const known = error instanceof TransferError ? error : new TransferError('internal')
  const { message, remedy } = explain(errorInfo(known, Date.now()), language, { final: true })
  dialog.showErrorBox(safeText(message), safeText(remedy))
}
