import { app } from './app/index.ts'

export const zhCN = { app }
