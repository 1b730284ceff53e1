/** The actions of menus and the tray. */
export interface MenuActions {
  /** Opens the window, there. */
  open(address?: string): void
  openTransfer(id: string): void
  /** Asks the system's dialog for files. */
  add(kind: 'files' | 'folder'): void
  /** Files from outside the window: it asks where they go. */
  offer(paths: readonly string[]): void
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
