import { say } from '../data/text.ts'

/** The key that turns a letter into a command, as it is printed on this machine's keyboard. */
const MODIFIER = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
/** The same for the key that moves things. */
const ALT = MODIFIER === '⌘' ? '⌥' : 'Alt'

/** Every key there is, in the order of the overview. */
const KEYS = [
  ['addFiles', [MODIFIER, 'O']],
  ['addFolder', [MODIFIER, 'Shift', 'O']],
  ['keysPaste', [MODIFIER, 'V']],
  ['palette', [MODIFIER, 'K']],
  ['searchQueue', [MODIFIER, 'F']],
  ['tabs', ['1', '–', '6']],
  ['keysMove', ['↑', '↓']],
  ['keysSelect', ['Shift', '↓']],
  ['keysSelectOne', ['X']],
  ['selectAll', [MODIFIER, 'A']],
  ['keysOpen', ['Enter']],
  ['quickLook', [MODIFIER, 'Y']],
  ['keysPauseResume', ['Space']],
  ['retry', ['R']],
  ['keysScan', ['R']],
  ['toTop', [MODIFIER, '↑']],
  ['moveUp', [ALT, '↑']],
  ['moveDown', [ALT, '↓']],
  ['cancelOrRemove', ['Delete']],
  ['keysClose', ['Esc']],
  ['keysHelp', ['?']],
] as const

/** Named by the text that says what it does. */
type KeyName = (typeof KEYS)[number][0]

export const KEY_NAMES: readonly KeyName[] = KEYS.map(([name]) => name)

/** Returns the strokes of a key as they are printed. */
export function strokesOf(name: KeyName): readonly string[] {
  const strokes = KEYS.find(([each]) => each === name)?.[1] ?? []
  return strokes.map((stroke) => (stroke === 'Space' ? say('keySpace') : stroke))
}

/** Returns them in one text. */
export function keyOf(name: KeyName): string {
  return strokesOf(name).join(' ')
}

/** Checks whether a key belongs to a field or a dialog, and so is no command. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as Element
  return target.closest?.('input:not([type=checkbox]), textarea, select, dialog') !== null
}
