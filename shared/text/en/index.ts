import { app } from './app/index.ts'

/** All texts in English. Every other language has the same sections and keys. */
export const en = { app }
