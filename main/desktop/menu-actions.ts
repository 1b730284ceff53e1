/** The actions of menus and the tray. */
export interface MenuActions {
  /** Opens the window, there. */
  open(address?: string): void
  openTransfer(id: string): void
  add(kind: 'files' | 'folder'): void
  pauseAll(paused: boolean): void
  quit(): void
}

/** Addresses within the page (`renderer/app/view.ts`). */
export const ADDRESS = {
  queue: '#/queue',
  folders: '#/rules',
  history: '#/history',
  settings: '#/settings',
  attention: '#/queue/tab/attention',
  done: '#/queue/tab/done',
  transfer: (id: string) => `#/queue/transfer/${encodeURIComponent(id)}`,
} as const
