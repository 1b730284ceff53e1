import { success } from './answer.ts'
import { ALL_SCOPES } from './scopes.ts'
import type { Route, Server } from './server.ts'

/** 查询租户授权状态: what the app of this token has; `scope_type` is in the official SDK only. */
export function scopesRoute({ accounts }: Server): Route {
  return {
    method: 'GET',
    path: '/application/v6/scopes',
    endpoint: 'application/scopes',
    rate: 'none',
    readOnly: true,
    handle: async (call) => () => {
      const { scopes = [...ALL_SCOPES], tenantScopes = scopes } =
        accounts.app(call.identity.app) ?? {}
      const rows = (type: string, names: readonly string[]) =>
        names.map((name) => ({ scope_name: name, scope_type: type, grant_status: 1 }))
      return success({ scopes: [...rows('tenant', tenantScopes), ...rows('user', scopes)] })
    },
  }
}
