import { app } from './app/index.ts'
import { errors } from './errors/index.ts'
import { failure } from './failure.ts'

/** All texts in English. Every other language has the same sections and keys. */
export const en = { app, failure, errors }
