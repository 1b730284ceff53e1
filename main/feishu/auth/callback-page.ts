/**
 * The page that the browser shows on its return to this machine: only text, it is gone in a moment.
 */
import { createHash } from 'node:crypto'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'

export type CallbackOutcome = 'received' | 'denied' | 'foreign'

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
body { display: grid; place-items: center; min-height: 90vh; margin: 0 16px; text-align: center }
h1 { font-size: 20px; margin: 0 0 8px }
p { margin: 0; opacity: .75 }
`

/** Headers that forbid loading or running anything but this very style. */
export const CALLBACK_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  connection: 'close',
} as const

export function callbackPage(outcome: CallbackOutcome, language: Language): string {
  const title = t(language, `signInTitle.${outcome}`)
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${t(language, `signInPage.${outcome}`)}</p></main></body></html>`
}
