/** The focus stays with the list when another list takes its place: it never falls to the page. */
let isWanted = false

/** Moves the focus to the list, now or as soon as there is one. */
export function focusList(): void {
  isWanted = true
  document.querySelector<HTMLElement>('.table')?.focus({ preventScroll: true })
}

/** A list is there: it takes the focus that is meant for it. */
export function takeFocus(list: HTMLElement): void {
  if (isWanted && !list.contains(document.activeElement)) list.focus({ preventScroll: true })
  isWanted = false
}

/** A list goes: if it has the focus, the next one gets it. */
export function leaveFocus(list: HTMLElement): void {
  if (list.contains(document.activeElement)) isWanted = true
}
