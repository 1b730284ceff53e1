/** The scopes of an app, as its tenant has granted them. */
import { z } from 'zod'
import { callWithToken } from '../http/call.ts'
import { type LineOptions, openLine } from '../http/open-line.ts'
import type { App } from './oauth-calls.ts'
import { tenantToken } from './tenant-token.ts'

/** The scopes of an app, by who uses them. */
export interface AppScopes {
  /** For the app acting as itself. */
  readonly asApp: readonly string[]
  /** For people who sign in to it. */
  readonly asPerson: readonly string[]
}

/** A scope goes into links and onto the screen. */
const scopeName = z.string().regex(/^[\w:.-]{1,128}$/)

/** 查询租户授权状态: 1 is granted. The official SDK knows `scope_type`, the page does not. */
const scopesAnswer = z.object({
  scopes: z
    .array(
      z.object({
        scope_name: scopeName,
        grant_status: z.number(),
        scope_type: z.string().nullish(),
      }),
    )
    .max(5_000)
    .nullish(),
})

/**
 * 查询租户授权状态: needs no scope itself, only the app's own token.
 * @throws TransferError with a code of Feishu's, or of ours when it did not answer
 */
export async function askAppScopes(
  options: LineOptions,
  app: App,
  signal: AbortSignal,
): Promise<AppScopes> {
  const line = openLine(options)
  line.redactor.hideForGood(app.appSecret)
  const tokens = tenantToken(line, app)
  try {
    const call = { method: 'GET', endpoint: 'application/v6/scopes', at: 'data' } as const
    const { scopes } = await callWithToken(
      line,
      tokens,
      { ...call, schema: scopesAnswer },
      { signal },
    )
    const granted = (scopes ?? []).filter(({ grant_status: status }) => status === 1)
    const of = (type: 'tenant' | 'user') => [
      ...new Set(
        granted
          .filter(({ scope_type: given }) => given !== (type === 'tenant' ? 'user' : 'tenant'))
          .map(({ scope_name: name }) => name),
      ),
    ]
    return { asApp: of('tenant'), asPerson: of('user') }
  } finally {
    await tokens.close()
    await line.connections.close()
  }
}
