/** The pages a person sees in the browser: agreeing to an app, creating one, and typing in a device's code. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { OAuthRefusal } from './refusal.ts'
import type { Server } from './server.ts'
import type { Decision, SignIns } from './sign-ins.ts'

export function addSignInPages(
  app: FastifyInstance,
  { signIns, registrations }: Pick<Server, 'signIns' | 'registrations'>,
): void {
  app.get('/open-apis/authen/v1/authorize', (request, reply) => {
    const query = new URL(request.url, 'http://simulator').searchParams
    const decision = decisionOf(query)
    try {
      const asked = signIns.authorizeRequest(query)
      if (decision !== undefined) return reply.redirect(signIns.decide(asked, decision), 302)
      return page(reply, 200, askPage(signIns, asked.app, asked.scopes, request.url))
    } catch (error) {
      if (!(error instanceof OAuthRefusal)) throw error
      // Errors of the request itself are shown here; the app never hears of them.
      return page(reply, 400, `<h1>错误码 ${error.code ?? ''}</h1><p>${html(error.message)}</p>`)
    }
  })
  app.get('/page/launcher', (request, reply) => {
    const url = new URL(request.url, 'http://simulator')
    const decision = decisionOf(url.searchParams)
    const name = url.searchParams.get('name') ?? ''
    if (decision === undefined) return page(reply, 200, askPage(signIns, name, [], request.url))
    const isKnown = registrations.decide(url.href, decision)
    return page(reply, isKnown ? 200 : 404, `<h1>${isKnown ? '创建完成' : '无效的代码'}</h1>`)
  })
  app.get('/oauth/v1/device', (request, reply) => {
    const query = new URL(request.url, 'http://simulator').searchParams
    const decision = decisionOf(query)
    const code = query.get('user_code') ?? ''
    if (decision === undefined) return page(reply, 200, askPage(signIns, code, [], request.url))
    const isKnown = signIns.decideDevice(code, decision)
    return page(reply, isKnown ? 200 : 404, `<h1>${isKnown ? '授权完成' : '无效的代码'}</h1>`)
  })
}

function decisionOf(query: URLSearchParams): Decision | undefined {
  const decision = query.get('decision')
  return decision === 'allow' || decision === 'deny' ? decision : undefined
}

function askPage({ person }: SignIns, what: string, scopes: readonly string[], url: string) {
  const link = (decision: Decision) => html(`${url}&decision=${decision}`)
  return `<h1>${html(what)}</h1><p>${html(person.name)}</p>
<ul>${scopes.map((scope) => `<li>${html(scope)}</li>`).join('')}</ul>
<p><a href="${link('allow')}">授权</a> <a href="${link('deny')}">拒绝</a></p>`
}

function page(reply: FastifyReply, status: number, body: string) {
  const text = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>飞书登录</title></head><body>${body}</body></html>`
  return reply.code(status).type('text/html; charset=utf-8').send(text)
}

function html(text: string): string {
  return text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`)
}
