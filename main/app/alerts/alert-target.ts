import { createHmac } from 'node:crypto'
import { type BaseUrl, parseBaseUrl } from '#main/feishu/http/base-url.ts'
import type { AlertsView } from '#shared/contract/alert-channels.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

/** The receiver of messages: any web server, or a bot in a group of Feishu. */
export interface AlertTarget {
  readonly url: string
  /** Signs messages; undefined: they are not signed. */
  readonly secret?: string | undefined
}

export type AlertKind = NonNullable<AlertsView['kind']>

/** A message as a web server gets it; a bot gets the text only. */
export interface AlertMessage {
  readonly event: 'stopped' | 'attention' | 'silent' | 'test'
  readonly reasons: readonly string[]
  readonly text: string
  readonly host: string
  readonly atMs: number
}

const BOT_HOSTS = ['open.feishu.cn', 'open.larksuite.com']
const BOT_PATH = '/open-apis/bot/v2/hook/'

/**
 * Checks an address that messages may go to: `https://`, or `http://` to this machine where `mayBeHere`.
 * @throws TransferError `alert-url-invalid`, without the address, which may be a secret itself
 */
export function parseAlertUrl(text: string, mayBeHere: boolean): URL {
  const url = URL.parse(text)
  const isRight =
    url !== null &&
    url.username === '' &&
    url.password === '' &&
    (url.protocol === 'https:' || (mayBeHere && isHere(url)))
  if (!isRight) throw new TransferError('alert-url-invalid')
  return url
}

function isHere(url: URL): boolean {
  return url.protocol === 'http:' && baseOf(url)?.loopback === true
}

/** Returns the address as connections need it. */
export function baseOf(url: URL): BaseUrl | undefined {
  try {
    return parseBaseUrl(url.origin)
  } catch {
    return undefined
  }
}

/** A custom bot of Feishu or Lark has an address of its own shape. */
export function kindOf(url: URL): AlertKind {
  const isBot = BOT_HOSTS.includes(url.host) && url.pathname.startsWith(BOT_PATH)
  return isBot ? 'feishu-bot' : 'webhook'
}

/**
 * Returns the request's body and headers. A bot is signed as Feishu documents it for custom bots: the HMAC of nothing, with
 * time and secret as its key, in base64. A web server gets the HMAC of `time.body`, in hex.
 */
export function alertRequest(kind: AlertKind, message: AlertMessage, secret: string | undefined) {
  const seconds = String(Math.floor(message.atMs / 1000))
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  if (kind === 'feishu-bot') {
    const sign = secret && createHmac('sha256', `${seconds}\n${secret}`).digest('base64')
    const signed = sign ? { timestamp: seconds, sign } : {}
    const body = { ...signed, msg_type: 'text', content: { text: message.text } }
    return { headers, body: JSON.stringify(body) }
  }
  const body = JSON.stringify(message)
  if (!secret) return { headers, body }
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return {
    headers: { ...headers, 'x-feidi-timestamp': seconds, 'x-feidi-signature': `sha256=${mac}` },
    body,
  }
}
