import type { IncomingHttpHeaders } from 'node:http'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  FOLDER,
  failureOf,
  openApi,
  plain,
  sendJson,
  sendPart,
  startServer,
} from './scripted-server.ts'

type Given = { status?: number; headers?: IncomingHttpHeaders; body: string | Buffer }

/** Returns the error of a part when the server answers so. */
async function failureFor({ status = 200, headers = {}, body }: Given) {
  const server = await startServer((_request, response) => {
    response.writeHead(status, headers).end(body)
  })
  return failureOf(sendPart(openApi(server.url), Buffer.from('x')))
}

const uploadAll = async (answer: unknown, status = 200) => {
  const server = await startServer((_request, response) => sendJson(response, answer, status))
  const request = { point: FOLDER, fileName: 'a', bytes: Buffer.from('x'), checksum: 1 }
  return openApi(server.url).uploadAll(request, plain())
}

describe('an answer', () => {
  it.each([200, 202, 400, 429, 500])(
    'is a success for its code 0, with status %d too',
    async (status) => {
      await expect(uploadAll({ code: 0, data: { file_token: 't' } }, status)).resolves.toEqual({
        fileToken: 't',
      })
    },
  )

  it('is a failure for its code, with status 200 too, and carries all that is known', async () => {
    const body = JSON.stringify({
      code: 99991672,
      msg: 'Access denied.\nOne of the scopes is required',
      error: {
        log_id: 'in-the-body',
        permission_violations: [
          { type: 'action_scope_required', subject: 'drive:drive' },
          { subject: 'docs:doc' },
          { subject: 7 },
          null,
        ],
      },
    })
    const error = await failureFor({ headers: { 'x-tt-logid': '20261122ABC' }, body })
    expect(error.code).toBe(99991672)
    expect(error.context).toEqual({
      httpStatus: 200,
      logId: '20261122ABC',
      endpoint: 'drive/v1/files/upload_part',
      seq: 3,
      missingScopes: ['drive:drive', 'docs:doc'],
      detail: 'Access denied. One of the scopes is required',
    })
  })

  it('takes the log id of the body when the header has none', async () => {
    const error = await failureFor({ body: '{"code":1061001,"error":{"log_id":"2026BODY"}}' })
    expect(error.context.logId).toBe('2026BODY')
  })

  it('says how long to wait', async () => {
    const headers = { 'x-ogw-ratelimit-reset': '3', 'retry-after': '2' }
    const error = await failureFor({
      status: 429,
      headers,
      body: '{"code":99991400,"msg":"slow down"}',
    })
    expect(error).toMatchObject({
      code: 99991400,
      context: { httpStatus: 429, retryAfterMs: 3000 },
    })
  })

  it('may have any content type', async () => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('{"code":0,"data":{}}')
    })
    await expect(sendPart(openApi(server.url), Buffer.from('x'))).resolves.toBeUndefined()
  })

  it.each<[string, Given, string]>([
    ['HTML', { body: '<html>sign in to the Wi-Fi</html>' }, 'bad-response'],
    ['HTML with 403', { status: 403, body: '<html>' }, 'bad-response'],
    ['truncated JSON', { body: '{"code":0,"data":{"file_to' }, 'bad-response'],
    ['nothing', { body: '' }, 'bad-response'],
    ['JSON of someone else', { body: '{"message":"ok"}' }, 'bad-response'],
    ['a code in quotes', { body: '{"code":"0"}' }, 'bad-response'],
    ['a broken code', { body: '{"code":0.5}' }, 'bad-response'],
    ['a list', { body: '[0]' }, 'bad-response'],
    ['null', { body: 'null' }, 'bad-response'],
    ['binary', { body: Buffer.from([0xff, 0xfe, 0x00]) }, 'bad-response'],
    ['502 HTML', { status: 502, body: '<html>bad gateway</html>' }, 'http-error'],
    ['503 JSON of a gateway', { status: 503, body: '{"error":"overloaded"}' }, 'http-error'],
    ['504 with nothing', { status: 504, body: '' }, 'http-error'],
    ['429 HTML', { status: 429, body: '<html>' }, 'http-error'],
    ['413 HTML', { status: 413, body: '<html>' }, 'http-error'],
    ['407', { status: 407, body: '<html>' }, 'proxy-refused'],
  ])('that is %s', async (_name, given, code) => {
    const error = await failureFor(given)
    expect(error.code).toBe(code)
    expect(error.context.httpStatus).toBe(given.status ?? 200)
    expect(error.context.neverArrived).toBeUndefined()
  })

  it.each([301, 302, 303, 307, 308])(
    'is not followed when it redirects (%d), even with a code 0',
    async (status) => {
      const elsewhere = await startServer((_request, response) =>
        sendJson(response, { code: 0, data: {} }),
      )
      const headers = { location: `${elsewhere.url}/login?token=hunter22` }
      const error = await failureFor({ status, headers, body: '{"code":0,"data":{}}' })
      expect(error).toMatchObject({ code: 'bad-response', context: { httpStatus: status } })
      expect(error.context.detail).toBe(`redirected to ${new URL(elsewhere.url).host}`)
      expect(elsewhere.seen).toEqual([])
    },
  )

  it('is given up when it does not end', async () => {
    const server = await startServer((_request, response) => {
      const block = Buffer.alloc(64 * 1024, ' ')
      const pour = () => {
        while (!response.destroyed && response.write(block)) {}
      }
      response.on('drain', pour)
      pour()
    })
    const error = await failureOf(sendPart(openApi(server.url), Buffer.from('x')))
    expect(error).toMatchObject({ code: 'bad-response', context: { httpStatus: 200 } })
  })

  it('without the token it should carry is no success', async () => {
    expect(await failureOf(uploadAll({ code: 0, data: {} }))).toMatchObject({
      code: 'bad-response',
    })
    expect(await failureOf(uploadAll({ code: 0 }))).toMatchObject({ code: 'bad-response' })
  })
})

describe('a code with a file token', () => {
  const data = { file_token: 'boxcnOld' }

  it('is a success when the code is only a remark', async () => {
    await expect(uploadAll({ code: 1062004, msg: 'cover generating', data }, 202)).resolves.toEqual(
      { fileToken: 'boxcnOld' },
    )
    expect(
      await failureOf(uploadAll({ code: 1062004, msg: 'cover generating' }, 202)),
    ).toMatchObject({ code: 1062004 })
  })

  it('is a failure otherwise, which keeps the token for support', async () => {
    const error = await failureOf(uploadAll({ code: 1061022, msg: 'version conflict', data }))
    expect(error.code).toBe(1061022)
    expect(error.context.detail).toBe('version conflict; file_token boxcnOld')
  })
})

it('an answer that echoes the token does not bring it into the error', async () => {
  const server = await startServer((request, response) => {
    const { authorization } = request.headers
    const token = authorization?.replace('Bearer ', '')
    response.setHeader('x-tt-logid', `id ${token}`)
    sendJson(response, {
      code: 1061002,
      msg: `bad ${authorization} / ${token}`,
      error: { log_id: token },
    })
  })
  const records: unknown[] = []
  const api = openApi(server.url, { log: (record) => records.push(record) })
  const error = await failureOf(sendPart(api, Buffer.from('x')))
  expect(inspect([error, records], { depth: 9 })).not.toContain('u-secret-token-0001')
})
