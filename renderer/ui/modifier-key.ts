/** The key that turns a letter into a command, as it is printed on this machine's keyboard. */
export const MODIFIER = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
