/** The few pages that are not the app: asking for the password, and saying no. */
import { createHash } from 'node:crypto'
import { LANGUAGES, type Language } from '#shared/text/language.ts'
import { type KeyIn, t } from '#shared/text/t.ts'

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
body { display: grid; place-items: center; min-height: 90vh; margin: 0 16px }
main { max-width: 34em }
h1 { font-size: 20px }
p { margin: 8px 0 }
code { user-select: all }
form { display: flex; gap: 8px; margin-top: 16px }
input, button { font: inherit; padding: 6px 12px }
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
  return `<!doctype html><html lang="${LANGUAGES[0]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`
}
