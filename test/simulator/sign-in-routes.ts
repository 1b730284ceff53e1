/** 获取 / 刷新 user_access_token, 获取用户信息, and the calls of the official command line client: device flow, v3, revoking. */
import { type Answer, success } from './answer.ts'
import { OAuthRefusal, Refusal } from './refusal.ts'
import type { Route, Server } from './server.ts'

export function signInRoutes({ signIns, registrations }: Server): Route[] {
  return [
    {
      method: 'POST',
      path: '/authen/v2/oauth/token',
      endpoint: 'oauth/token',
      rate: 'none',
      open: true,
      handle: async (call) => {
        const fields = await call.readFields()
        return () => success(undefined, signIns.token(fields, 'v2', call.isForm))
      },
    },
    {
      // The official client asks here for everything since its 1.0.53, always with a form.
      method: 'POST',
      path: '/oauth/v3/token',
      atRoot: true,
      endpoint: 'oauth/v3_token',
      rate: 'none',
      open: true,
      handle: async (call) => {
        const fields = await call.readFields()
        if (!call.isForm) throw new OAuthRefusal('invalid_request', 20001)
        return () => flat(signIns.token(fields, 'v3', true))
      },
    },
    {
      method: 'POST',
      path: '/oauth/v1/revoke',
      atRoot: true,
      endpoint: 'oauth/revoke',
      rate: 'none',
      open: true,
      handle: async (call) => {
        const fields = await call.readFields()
        if (!call.isForm) throw new OAuthRefusal('invalid_request', 20001)
        return () => {
          signIns.revokeToken(fields)
          return success(undefined)
        }
      },
    },
    {
      method: 'POST',
      path: '/oauth/v1/device_authorization',
      atRoot: true,
      endpoint: 'oauth/device_authorization',
      rate: 'none',
      open: true,
      handle: async (call) => {
        const fields = await call.readFields()
        const client = basicClient(call.authorization)
        const opened = signIns.openDevice({ ...fields, ...client }, call.origin)
        return () => flat(opened)
      },
    },
    {
      method: 'POST',
      path: '/oauth/v1/app/registration',
      atRoot: true,
      endpoint: 'oauth/app_registration',
      rate: 'none',
      open: true,
      handle: async (call) => {
        const fields = await call.readFields()
        if (!call.isForm) throw new OAuthRefusal('invalid_request', 20001)
        const answer = registrations.answer(fields, call.origin)
        return () => flat(answer)
      },
    },
    {
      method: 'GET',
      path: '/authen/v1/user_info',
      endpoint: 'authen/user_info',
      rate: 'none',
      readOnly: true,
      handle: async (call) => () => {
        const { person } = call.identity
        if (person === undefined) throw new Refusal(20005)
        signIns.requirePresent(person.openId)
        return success({
          open_id: person.openId,
          name: person.name,
          en_name: person.enName,
          tenant_key: person.tenantKey,
          avatar_url: `https://avatars.example/${person.openId}.png`,
        })
      },
    },
  ]
}

/** The standards know no `code` beside their fields. */
function flat(body: Record<string, unknown>): Answer {
  return { status: 200, code: undefined, headers: {}, body }
}

/** RFC 6749 section 2.3.1. */
function basicClient(authorization: string | undefined) {
  const text = /^Basic (\S+)$/.exec(authorization ?? '')?.[1]
  const [id, secret] = Buffer.from(text ?? '', 'base64')
    .toString('utf8')
    .split(':')
  if (id === undefined || secret === undefined) throw new OAuthRefusal('invalid_client', 20002)
  return { client_id: id, client_secret: secret }
}
