import { z } from 'zod'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { makeCall } from './call.ts'
import { type LineOptions, openLine } from './open-line.ts'

/** The result of testing the connection to Feishu. */
export interface ConnectionTest {
  /** The host that was tested. */
  readonly host: string
  /** `host:port` of the proxy it went through; undefined: directly. */
  readonly via: string | undefined
  readonly durationMs: number
  /** The time our clock is behind Feishu's; undefined when Feishu did not say. */
  readonly clockOffsetMs: number | undefined
  /** The reason Feishu could not be reached. */
  readonly error: TransferError | undefined
}

/** An endpoint that answers anyone: without an app it refuses with a code of Feishu's own. */
const ENDPOINT = 'auth/v3/tenant_access_token/internal'

/**
 * Makes one round trip to Feishu, on fresh connections and without an identity: a server that
 * answers with a code of the API is Feishu. Costs none of the day's calls.
 * @throws TransferError when a setting is unusable; the signal's reason when it aborts
 */
export async function testConnection(
  options: LineOptions,
  signal: AbortSignal,
): Promise<ConnectionTest> {
  const line = openLine(options)
  const startedAtMs = performance.now()
  let error: TransferError | undefined
  try {
    const call = { method: 'POST', endpoint: ENDPOINT, at: 'top', schema: z.unknown() } as const
    await makeCall(line, { ...call, json: { app_id: '', app_secret: '' } }, { signal })
  } catch (thrown) {
    if (!(thrown instanceof TransferError)) throw thrown
    if (typeof thrown.code !== 'number') error = thrown
  } finally {
    await line.connections.close()
  }
  return {
    host: line.base.host,
    via: line.connections.via,
    durationMs: Math.round(performance.now() - startedAtMs),
    clockOffsetMs: line.clockOffset.ms,
    error,
  }
}
