import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'

type Role = 'cut' | 'copy' | 'paste' | 'selectAll'

/** Returns the menu of a right click: Electron has none of its own. Empty: nothing can be done there. */
export function contextMenu(
  {
    isEditable,
    selectionText,
    editFlags,
  }: Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>,
  language: Language,
): MenuItemConstructorOptions[] {
  const item = (role: Role, enabled: boolean): MenuItemConstructorOptions => ({
    role,
    label: t(language, `desktop.${role}`),
    enabled,
  })
  if (isEditable) {
    return [
      item('cut', editFlags.canCut),
      item('copy', editFlags.canCopy),
      item('paste', editFlags.canPaste),
      { type: 'separator' },
      item('selectAll', editFlags.canSelectAll),
    ]
  }
  return selectionText.trim() === '' ? [] : [item('copy', editFlags.canCopy)]
}
