import { resolve } from 'node:path'
import envPaths from 'env-paths'

export interface HomeChoice {
  /** The home that the person asked for, if any (`--home`). */
  readonly home?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Returns the folder that holds the state: the one asked for, else FEIDI_HOME, else the system's place for it. */
export function resolveHome({ home, env }: HomeChoice): string {
  // An empty variable is how scripts unset one.
  return resolve(home || env['FEIDI_HOME'] || envPaths('feidi', { suffix: '' }).data)
}
