/** The largest file of settings that is read, in characters. */
export const MOST_PORTABLE_CHARACTERS = 1_000_000
