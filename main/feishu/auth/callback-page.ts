/** What the browser shows when it comes back to this machine. Nothing but text: the page is gone in a moment. */
import { createHash } from 'node:crypto'
import type { Language, Text } from '#shared/text/language.ts'

export type CallbackOutcome = 'received' | 'denied' | 'foreign'

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
body { display: grid; place-items: center; min-height: 90vh; margin: 0 16px; text-align: center }
h1 { font-size: 20px; margin: 0 0 8px }
p { margin: 0; opacity: .75 }
`

const TITLES: Readonly<Record<CallbackOutcome, Text>> = {
  received: { 'zh-CN': '可以回到飞递了', en: 'You can go back to Feidi' },
  denied: { 'zh-CN': '没有登录', en: 'Not signed in' },
  foreign: { 'zh-CN': '这个链接不属于当前的登录', en: 'This link does not belong to a sign-in' },
}

const SENTENCES: Readonly<Record<CallbackOutcome, Text>> = {
  received: {
    'zh-CN': '飞书已返回登录结果，飞递正在完成登录。这个页面可以关闭。',
    en: 'Feishu has answered and Feidi completes the sign-in. This page can be closed.',
  },
  denied: {
    'zh-CN': '授权没有同意。如需登录，请回到飞递重新开始。这个页面可以关闭。',
    en: 'The authorization was declined. To sign in, start again in Feidi. This page can be closed.',
  },
  foreign: {
    'zh-CN': '请回到飞递，从那里重新打开登录页面。',
    en: 'Go back to Feidi and open the sign-in page from there.',
  },
}

/** Nothing may be loaded or run, but this very style. */
export const CALLBACK_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  connection: 'close',
} as const

export function callbackPage(outcome: CallbackOutcome, language: Language): string {
  const title = TITLES[outcome][language]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${SENTENCES[outcome][language]}</p></main></body></html>`
}
