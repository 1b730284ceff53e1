import type { Language } from '#shared/errors/catalogue-entry.ts'
import { bridge } from './bridge/bridge.ts'
import { showQueue } from './queue/show-queue.ts'

const REFRESH_EVERY_MS = 1_000

const language: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
document.documentElement.lang = language
const root = document.querySelector<HTMLElement>('#queue')

async function refresh(): Promise<void> {
  if (root !== null) showQueue(root, await bridge.queueSnapshot(), language)
  setTimeout(refresh, REFRESH_EVERY_MS)
}

await refresh()
