/** The few pages that are not the app: asking for the password, and saying no. */
import { createHash } from 'node:crypto'
import { LANGUAGES, type Language } from '#shared/text/language.ts'
import { type KeyIn, t } from '#shared/text/t.ts'

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
body { display: grid; place-items: center; min-height: 100vh; margin: 0; padding: 16px; box-sizing: border-box; background: light-dark(#f5f6f8, #101113); color: light-dark(#1a1d21, #eceef1) }
main { box-sizing: border-box; width: 100%; max-width: 440px; padding: 28px 32px 32px; border: 1px solid light-dark(#e3e5ea, #2e3136); border-radius: 12px; background: light-dark(#ffffff, #1c1e21) }
.brand { margin: 0 0 20px; color: light-dark(#4b41d8, #a7a0ff); font-weight: 600 }
h1 { margin: 0 0 8px; font-size: 18px; line-height: 1.4 }
p { margin: 8px 0; color: light-dark(#555c66, #abb1ba) }
div + div { margin-top: 20px }
code { user-select: all }
form { display: flex; gap: 8px; margin-top: 20px }
input, button { font: inherit; padding: 8px 14px; border-radius: 8px; border: 1px solid light-dark(#8a909b, #757b86) }
input { flex: 1; min-width: 0; background: transparent; color: inherit }
button { border-color: transparent; background: light-dark(#5248e0, #6257e8); color: #fff; font-weight: 500; cursor: pointer }
`

/** The policy of these pages: nothing but this very style. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

export function refusalPage(): string {
  return page(
    inEach(
      (say) =>
        `<h1>${say('refusedTitle')}</h1><p>${say('refused')}</p><p>${say('refusedRemedy')}</p>`,
    ),
  )
}

export function passwordPage(problem: 'wrong' | 'too-many' | undefined): string {
  const label = LANGUAGES.map((language) => textOf(language, 'password')).join(' ')
  return page(`
    <h1>${inSpans('signInTitle')}</h1>
    <p>${inSpans('askPassword')}</p>
    ${problem === undefined ? '' : `<p role="alert">${inSpans(problem)}</p>`}
    <form method="post" action="/enter">
      <input type="password" name="password" aria-label="${label}" autocomplete="current-password" autofocus required>
      <button>${inSpans('signIn')}</button>
    </form>`)
}

/**
 * Asks for a click before a link is used up: chat programs open links by themselves, to preview them.
 * @param token as it came; it is in the page only when it looks like one
 */
export function entryPage(token: string): string {
  if (!/^[\w-]{1,64}$/.test(token)) return refusalPage()
  return page(`
    ${inEach((say) => `<h1>${say('entryTitle')}</h1><p>${say('entry')}</p>`)}
    <form method="post" action="/enter">
      <input type="hidden" name="token" value="${token}">
      <button autofocus>${inSpans('enter')}</button>
    </form>`)
}

export function notBuiltPage(): string {
  return page(inEach((say) => `<h1>${say('notBuiltTitle')}</h1><p>${say('notBuilt')}</p>`))
}

/** Returns a text in every language, as the reader's language is unknown. */
function inSpans(key: KeyIn<'web'>): string {
  return LANGUAGES.map(
    (language) => `<span lang="${language}">${textOf(language, key)}</span>`,
  ).join(' ')
}

/** Returns a passage in every language, one after the other. */
function inEach(passage: (say: (key: KeyIn<'web'>) => string) => string): string {
  return LANGUAGES.map(
    (language) => `<div lang="${language}">${passage((key) => textOf(language, key))}</div>`,
  ).join('')
}

/** Returns a text as HTML; what stands in backticks is code. */
function textOf(language: Language, key: KeyIn<'web'>): string {
  return t(language, `web.${key}`).replace(/`([^`]*)`/g, '<code>$1</code>')
}

function page(body: string): string {
  const title = LANGUAGES.map((language) => textOf(language, 'title')).join(' ')
  return `<!doctype html><html lang="${LANGUAGES[0]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><main><p class="brand">${title}</p>${body}</main></body></html>`
}
