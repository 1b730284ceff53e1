import type { Task } from 'electron'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { Language } from '#shared/text/language.ts'
import { attentionWords } from '#shared/text/summary.ts'
import { t } from '#shared/text/t.ts'
import { ORDERS, type Order } from './command-line.ts'
import type { ShellElectron, ShellProcess } from './electron-parts.ts'
import type { MainWindow } from './main-window.ts'
import type { MenuActions } from './menu-actions.ts'
import { progressOf } from './progress-view.ts'

export interface TaskbarOptions {
  readonly app: ShellElectron['app']
  readonly process: Pick<ShellProcess, 'env' | 'execPath' | 'platform'>
  readonly window: Pick<MainWindow, 'setButtons' | 'setProgress'>
  readonly language: () => Language
  readonly actions: Pick<MenuActions, 'add' | 'pauseAll'>
}

/** Progress and badge on the dock or taskbar, and the actions that Windows offers there. */
export class Taskbar {
  readonly #options: TaskbarOptions
  #badge = 0
  #offered = ''

  constructor(options: TaskbarOptions) {
    this.#options = options
  }

  follow(live: LiveState): void {
    const { app, process, window, language } = this.#options
    const { attention } = live.counts.byTab
    const words = attention > 0 ? attentionWords(attention, language()) : ''
    window.setProgress(progressOf(live), words)
    // On Windows it would put its number, "unread notifications", in the place of our own overlay.
    if (attention !== this.#badge && process.platform !== 'win32') app.setBadgeCount(attention)
    this.#badge = attention
    if (process.platform === 'win32') this.#offer(live.engine.pausedBy === 'person')
  }

  #offer(isPaused: boolean): void {
    const { app, window, language, actions } = this.#options
    const offered = JSON.stringify([language(), isPaused])
    if (offered === this.#offered) return
    this.#offered = offered
    const words = (name: 'addFiles' | 'pauseAll' | 'resumeAll') => t(language(), `desktop.${name}`)
    const pause = isPaused ? 'resumeAll' : 'pauseAll'
    window.setButtons([
      {
        icon: isPaused ? 'button-resume.png' : 'button-pause.png',
        tooltip: words(pause),
        click: () => actions.pauseAll(!isPaused),
      },
      { icon: 'button-add.png', tooltip: words('addFiles'), click: () => actions.add('files') },
    ])
    if (!app.isPackaged) return
    const add = this.#task('add-files', words('addFiles'))
    app.setUserTasks([add, this.#task(isPaused ? 'resume-all' : 'pause-all', words(pause))])
  }

  #task(order: Order, title: string): Task {
    const { env, execPath } = this.#options.process
    const program = env['PORTABLE_EXECUTABLE_FILE'] ?? execPath
    return {
      ...{ program, title, arguments: ORDERS[order] },
      ...{ description: title, iconPath: program, iconIndex: 0 },
    }
  }
}
