import { z } from 'zod'
import { openConnections } from '#main/feishu/http/dispatcher.ts'
import type { ProxyEnvironment } from '#main/feishu/http/proxy.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import {
  type AlertMessage,
  type AlertTarget,
  alertRequest,
  baseOf,
  kindOf,
  parseAlertUrl,
} from './alert-target.ts'

/** A message has to be delivered within this time. */
const LIMIT_MS = 10_000
/** More of an answer is not read. */
const MOST_ANSWER_BYTES = 16_384

const botAnswerSchema = z.object({ code: z.number() })

export interface WayOut {
  readonly caFile?: string | undefined
  readonly env: ProxyEnvironment
}

/**
 * Delivers one message, through the proxy that Feishu is reached through. A redirect is not followed: the message would
 * go to another place than the one that was set.
 * @throws TransferError `alert-not-delivered`, `alert-url-invalid`
 */
export async function sendAlert(
  { url: text, secret }: AlertTarget,
  message: AlertMessage,
  { caFile, env }: WayOut,
): Promise<void> {
  const url = parseAlertUrl(text, true)
  const kind = kindOf(url)
  const base = baseOf(url)
  if (base === undefined) throw new TransferError('alert-url-invalid')
  const connections = openConnections({ base, caFile, env })
  try {
    const { statusCode, body } = await connections.current.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      ...alertRequest(kind, message, secret),
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    const answer = await readStart(body)
    if (statusCode < 200 || statusCode > 299) throw notDelivered(`HTTP ${statusCode}`)
    if (kind === 'feishu-bot') demandAccepted(answer)
  } catch (error) {
    if (error instanceof TransferError) throw error
    throw notDelivered(nameOf(error), error)
  } finally {
    await connections.close()
  }
}

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= MOST_ANSWER_BYTES) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A bot answers 200 to what it refuses as well, with a code of its own. */
function demandAccepted(answer: string): void {
  let code: number | undefined
  try {
    code = botAnswerSchema.parse(JSON.parse(answer)).code
  } catch (cause) {
    throw notDelivered('bad answer', cause)
  }
  if (code !== 0) throw notDelivered(`code ${code}`)
}

/** Names what failed; the address, which may be a secret, is in no error. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code } = error as NodeJS.ErrnoException
  return error.name === 'TimeoutError' ? 'timeout' : (code ?? error.name)
}

function notDelivered(detail: string, cause?: unknown): TransferError {
  return new TransferError('alert-not-delivered', { detail, ...(cause !== undefined && { cause }) })
}
