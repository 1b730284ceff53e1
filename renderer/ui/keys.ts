/** The key that turns a letter into a command, as it is printed on this machine's keyboard. */
export const MODIFIER = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

/** Checks whether a key belongs to a field or a dialog, and so is no command. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as Element
  return target.closest?.('input:not([type=checkbox]), textarea, select, dialog') !== null
}
