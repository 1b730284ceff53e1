import type { AppState } from '../../data/app.ts'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Checks whether a sign-in in the browser can come back: it returns to the machine Feidi runs on,
 * so the browser must run on that machine.
 */
export function canReturnHere({ info }: Pick<AppState, 'info'>): boolean {
  return info.host === 'desktop' || LOOPBACK.includes(location.hostname)
}
