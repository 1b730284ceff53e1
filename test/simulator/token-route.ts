import { success } from './answer.ts'
import type { Route, Server } from './server.ts'

/** 自建应用获取 tenant_access_token: the answer's fields stand beside `code`, not under `data`. */
export function tokenRoute(server: Server): Route {
  return {
    method: 'POST',
    path: '/auth/v3/tenant_access_token/internal',
    endpoint: 'token',
    rate: 'none',
    open: true,
    badBody: 10003,
    readOnly: true,
    handle: async (call) => {
      const body = await call.readJson(['app_id', 'app_secret'], 'any')
      return () => {
        const issued = server.accounts.tenantToken(body.app_id, body.app_secret)
        return success(undefined, {
          tenant_access_token: issued.token,
          expire: issued.expiresInSeconds,
        })
      }
    },
  }
}
