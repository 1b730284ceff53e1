import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AlertKeeper, readGivenAlerts } from '#main/app/alerts/alert-keeper.ts'
import { alertRequest, kindOf, parseAlertUrl } from '#main/app/alerts/alert-target.ts'
import { sendAlert } from '#main/app/alerts/send-alert.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { tempFolder } from '../../watch/watch-kit.ts'

const BOT = 'https://open.feishu.cn/open-apis/bot/v2/hook/aaaa-bbbb'
const MESSAGE = {
  event: 'stopped',
  reasons: ['stopped'],
  text: '飞递：上传已停止。',
  host: 'nas',
  atMs: 1_599_360_473_000,
} as const

/** A receiver that notes what it gets. */
async function receiver(answer: RequestListener = (_request, response) => response.end('ok')) {
  const got: { headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer(async (request, response) => {
    got.push({ headers: request.headers, body: await text(request) })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?x=1` }
}

describe('a web server', () => {
  it('gets the message, signed with the secret', async () => {
    const { got, url } = await receiver()
    await sendAlert({ url, secret: 's3cret' }, MESSAGE, { env: {} })
    expect(got).toHaveLength(1)
    const [{ headers, body } = { headers: {}, body: '' }] = got
    expect(JSON.parse(body)).toEqual(MESSAGE)
    const mac = createHmac('sha256', 's3cret').update(`1599360473.${body}`).digest('hex')
    expect(headers['x-feidi-signature']).toBe(`sha256=${mac}`)
    expect(headers['x-feidi-timestamp']).toBe('1599360473')
  })

  it('that redirects, refuses or is not there is named by what it did', async () => {
    const elsewhere = await receiver()
    const redirecting = await receiver((_request, response) => {
      response.writeHead(307, { location: elsewhere.url }).end()
    })
    const refusing = await receiver((_request, response) => response.writeHead(500).end())
    const failures: [string, string][] = [
      [redirecting.url, 'HTTP 307'],
      [refusing.url, 'HTTP 500'],
      ['http://127.0.0.1:1/', 'ECONNREFUSED'],
    ]
    for (const [url, detail] of failures) {
      const sending = sendAlert({ url }, MESSAGE, { env: {} })
      await expect(sending).rejects.toMatchObject({
        code: 'alert-not-delivered',
        context: { detail },
      })
    }
    expect(elsewhere.got).toEqual([])
  })
})

it('a bot gets the text, signed as the documentation of Feishu shows', () => {
  const { body, headers } = alertRequest('feishu-bot', MESSAGE, 'demo')
  // The key is time and secret, and nothing is signed with it.
  const sign = createHmac('sha256', '1599360473\ndemo').update('').digest('base64')
  expect(JSON.parse(body)).toEqual({
    timestamp: '1599360473',
    sign,
    msg_type: 'text',
    content: { text: MESSAGE.text },
  })
  expect(Object.keys(headers)).toEqual(['content-type'])
  expect(kindOf(new URL(BOT))).toBe('feishu-bot')
  expect(kindOf(new URL('https://example.com/open-apis/bot/v2/hook/x'))).toBe('webhook')
})

it.each([
  ['https://example.com/x', true, true],
  ['http://127.0.0.1:9000/x', true, true],
  ['http://127.0.0.1:9000/x', false, false],
  ['http://example.com/x', true, false],
  ['https://user:word@example.com/', true, false],
  ['ftp://example.com/', true, false],
  ['nonsense', true, false],
])('%s (from the environment: %s) is taken: %s', (url, mayBeHere, isTaken) => {
  const parse = () => parseAlertUrl(url, mayBeHere)
  if (isTaken) expect(parse().href).toBe(new URL(url).href)
  else expect(parse).toThrow(expect.objectContaining({ code: 'alert-url-invalid' }))
})

describe('what is kept of the receiver', () => {
  const open = (home: string, env = {}) =>
    new AlertKeeper(openSettings(home), keyFileBox(home), readGivenAlerts(env))

  it('is sealed, survives a restart, and no page ever sees it', async () => {
    const home = tempFolder()
    const keeper = open(home)
    await keeper.set({ receiver: { url: BOT, secret: 'demo' }, silentHours: 24 })
    const next = open(home)
    expect(await next.target()).toEqual({ url: BOT, secret: 'demo' })
    expect(next.view).toEqual({
      host: 'open.feishu.cn',
      kind: 'feishu-bot',
      isSigned: true,
      silentHours: 24,
      source: 'stored',
      failure: null,
    })
    const written = readFileSync(openSettings(home).path, 'utf8')
    expect(written).not.toContain('aaaa-bbbb')
    expect(written).not.toContain('demo')
    await next.set({ receiver: null })
    expect(open(home).hasTarget).toBe(false)
  })

  it('comes second to the environment', async () => {
    const home = tempFolder()
    await open(home).set({ receiver: { url: BOT, secret: null } })
    const env = { FEIDI_ALERT_URL: 'http://127.0.0.1:9/x', FEIDI_ALERT_HOURS: '12' }
    const keeper = open(home, env)
    expect(await keeper.target()).toEqual({ url: 'http://127.0.0.1:9/x' })
    expect(keeper.view).toMatchObject({ source: 'environment', silentHours: 12 })
    expect(() => readGivenAlerts({ FEIDI_ALERT_HOURS: '0' })).toThrow(
      expect.objectContaining({ code: 'usage' }),
    )
  })
})
