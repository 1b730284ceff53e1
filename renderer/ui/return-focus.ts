/**
 * Gives the focus back when a dialog, a menu or a toast that had it is gone: to where it was before,
 * or else to the screen, never to the page, where no key does anything.
 */
export function returnFocus(before: Element | null | undefined): void {
  if (document.activeElement !== document.body && document.activeElement !== null) return
  if (before instanceof HTMLElement && before !== document.body) {
    before.focus({ preventScroll: true })
  }
  if (document.activeElement === document.body) {
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }
}
