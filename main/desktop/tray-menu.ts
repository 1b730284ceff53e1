import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '#shared/text/language.ts'
import { safeText } from '#shared/text/safe-text.ts'
import { t } from '#shared/text/t.ts'
import { ADDRESS, type MenuActions } from './menu-actions.ts'
import type { TrayView } from './tray-view.ts'

/** The menu of the tray; without the line that says how things stand, that of the dock as well. */
export function trayMenu(
  { headline, isPaused, attention, moving }: TrayView,
  language: Language,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  return [
    { id: 'headline', label: escaped(headline), enabled: false },
    ...moving.map(({ id, name }) => ({
      id: `transfer-${id}`,
      label: escaped(name),
      click: () => actions.openTransfer(id),
    })),
    { type: 'separator' },
    { id: 'open', label: t(language, 'desktop.open'), click: () => actions.open() },
    ...workItems(isPaused, attention, language, actions),
    { type: 'separator' },
    { id: 'quit', label: t(language, 'desktop.quit'), click: () => actions.quit() },
  ]
}

/**
 * Returns the items that macOS adds to the dock icon's menu, which has opening and quitting
 * already.
 */
export function dockMenu(
  { isPaused, attention }: TrayView,
  language: Language,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  return workItems(isPaused, attention, language, actions)
}

function workItems(
  isPaused: boolean,
  attention: number,
  language: Language,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  return [
    {
      id: 'pause-all',
      label: t(language, isPaused ? 'desktop.resumeAll' : 'desktop.pauseAll'),
      click: () => actions.pauseAll(!isPaused),
    },
    { id: 'add-files', label: t(language, 'desktop.addFiles'), click: () => actions.add('files') },
    {
      id: 'needs-you',
      label: `${t(language, 'desktop.needsAttention')}${attention > 0 ? ` (${attention})` : ''}`,
      enabled: attention > 0,
      click: () => actions.open(ADDRESS.attention),
    },
  ]
}

/** An ampersand in a label marks the letter after it. */
function escaped(text: string): string {
  return safeText(text).replaceAll('&', '&&')
}
