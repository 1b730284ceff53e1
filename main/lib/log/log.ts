/** The levels of entries in the log of a home. */

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

/**
 * The facts beyond the message: codes, ids, numbers. A value that may hold a path, a name or words
 * that are not ours belongs under `private`, which stays on this machine: no export has it unasked.
 */
export type LogDetails = Readonly<Record<string, unknown>> & {
  /** Its code and context are told, and where it was thrown; its words are private. */
  readonly error?: unknown
  readonly private?: Readonly<Record<string, unknown>>
}

/** Writes entries of one scope. Never throws: no work fails for want of a log. */
export interface ScopedLog {
  error(message: string, details?: LogDetails): void
  warn(message: string, details?: LogDetails): void
  info(message: string, details?: LogDetails): void
  debug(message: string, details?: LogDetails): void
}

/** Opens the log for a scope, the part that writes: `call`, `engine`, `rule`, `host`, `shell`, … */
export type OpenScope = (scope: string) => ScopedLog
