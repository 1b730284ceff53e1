/** Writing an answer, faithfully or as a fault wants it. */
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { FaultAction } from './faults.ts'
import { OAuthRefusal, type Refusal } from './refusal.ts'

export interface Answer {
  readonly status: number
  /** Undefined where an answer has none. */
  readonly code: number | undefined
  readonly headers: Readonly<Record<string, string>>
  /** The JSON body. */
  readonly body: unknown
  /** A file, in place of JSON. */
  readonly bytes?: Buffer
}

/** `{code: 0, msg, data}`. Token calls have their fields beside `code` instead: give them as `flat`. */
export function success(data: unknown, flat?: Record<string, unknown>): Answer {
  const body =
    flat === undefined ? { code: 0, msg: 'success', data } : { code: 0, msg: 'ok', ...flat }
  return { status: 200, code: 0, headers: {}, body }
}

/** `{code, msg, data: {}, error: {log_id}}`. API 调用指南 · 响应结果: support asks for the log id. */
export function failure(
  status: number,
  code: number,
  msg: string,
  logId: string,
  headers: Readonly<Record<string, string>> = {},
  error: Readonly<Record<string, unknown>> = {},
): Answer {
  return {
    status,
    code,
    headers,
    body: { code, msg, data: {}, error: { log_id: logId, ...error } },
  }
}

export function refused(refusal: Refusal | OAuthRefusal, logId: string): Answer {
  const { status, code } = refusal
  if (refusal instanceof OAuthRefusal) return { status, code, headers: {}, body: refusal.body }
  return failure(status, refusal.code, refusal.message, logId, refusal.headers, refusal.error)
}

const JSON_TYPE = 'application/json; charset=utf-8'
const DRIP_STEP_MS = 25

/** Sends an answer in the shape its fault prescribes. Resolves when it is handed to the socket. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  fault: FaultAction | undefined,
  closing: AbortSignal,
): Promise<void> {
  if (answer.bytes !== undefined && fault?.kind !== 'html') {
    const { status, headers, bytes } = answer
    response.writeHead(status, { ...headers, 'Content-Length': bytes.length })
    response.end(bytes)
    return
  }
  const json = JSON.stringify(answer.body)
  const status = fault?.kind === 'html' ? fault.status : answer.status
  const shaped = shape(json, status, fault)
  const bytes = Buffer.from(shaped.text, 'utf8')
  response.writeHead(status, {
    ...answer.headers,
    'Content-Type': shaped.type,
    'Content-Length': bytes.length,
  })
  if (fault?.kind === 'drip') await drip(response, bytes, fault.bytesPerSecond, closing)
  else response.end(bytes)
}

function shape(
  json: string,
  status: number,
  fault: FaultAction | undefined,
): { text: string; type: string } {
  switch (fault?.kind) {
    case 'truncated-json':
      return { text: json.slice(0, Math.floor(json.length / 2)), type: JSON_TYPE }
    case 'html':
      return { text: htmlPage(status), type: 'text/html' }
    case 'wrong-content-type':
      return { text: json, type: 'text/plain; charset=utf-8' }
    default:
      return { text: json, type: JSON_TYPE }
  }
}

function htmlPage(status: number): string {
  return `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>\n`
}

async function drip(
  response: ServerResponse,
  bytes: Buffer,
  bytesPerSecond: number,
  closing: AbortSignal,
): Promise<void> {
  const stepBytes = Math.max(1, Math.round((bytesPerSecond * DRIP_STEP_MS) / 1000))
  const stepMs = (stepBytes / bytesPerSecond) * 1000
  response.flushHeaders()
  for (let at = 0; at < bytes.length && !response.destroyed; at += stepBytes) {
    await delay(stepMs, undefined, { signal: closing })
    response.write(bytes.subarray(at, at + stepBytes))
  }
  response.end()
}
