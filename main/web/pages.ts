/** The few pages that are not the app: asking for the password, and saying no. */
import { createHash } from 'node:crypto'

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
  return page(`
    <h1>请用启动时显示的链接打开飞递</h1>
    <p>为了安全，每次启动 <code>feidi serve</code> 都会显示一个只能用一次的链接。这个浏览器还没有通过它登录，或者链接已经用过。</p>
    <p>请回到运行飞递的终端，打开那里的链接；如果链接已经用过，请重新启动 <code>feidi serve</code>。</p>
    <h1 lang="en">Open Feidi with the link shown when it started</h1>
    <p lang="en">Each start of <code>feidi serve</code> shows a link that works once. This browser has not signed in with it, or it was used already.</p>
    <p lang="en">Go back to the terminal that runs Feidi and open the link there. If it was used, start <code>feidi serve</code> again.</p>`)
}

export function passwordPage(problem: 'wrong' | 'too-many' | undefined): string {
  const texts = {
    wrong: '<p role="alert">密码不对。 <span lang="en">That is not the password.</span></p>',
    'too-many':
      '<p role="alert">尝试次数过多，请一分钟后再试。 <span lang="en">Too many attempts. Try again in a minute.</span></p>',
  }
  return page(`
    <h1>登录飞递 <span lang="en">Sign in to Feidi</span></h1>
    <p>请输入 FEIDI_WEB_PASSWORD 中设置的密码。 <span lang="en">Enter the password set in FEIDI_WEB_PASSWORD.</span></p>
    ${problem === undefined ? '' : texts[problem]}
    <form method="post" action="/enter">
      <input type="password" name="password" aria-label="密码 Password" autocomplete="current-password" autofocus required>
      <button>登录 Sign in</button>
    </form>`)
}

export function notBuiltPage(): string {
  return page(`
    <h1>界面还没有构建</h1><p>请先运行 <code>npm run build</code>，再重新启动 <code>feidi serve</code>。</p>
    <h1 lang="en">The pages are not built yet</h1><p lang="en">Run <code>npm run build</code>, then start <code>feidi serve</code> again.</p>`)
}

function page(body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>飞递 Feidi</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`
}
