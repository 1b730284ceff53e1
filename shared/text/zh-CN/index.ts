import { app } from './app/index.ts'
import { errors } from './errors/index.ts'
import { failure } from './failure.ts'

export const zhCN = { app, failure, errors }
