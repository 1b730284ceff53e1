import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, type TestContext, vi } from 'vitest'
import { openLog } from '#main/lib/log/open-log.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

const AT_MS = Date.UTC(2026, 10, 25, 12, 0, 0, 5)

describe('openLog', () => {
  it('writes one line an entry: time, level, scope, message, details', (test) => {
    const { log, lines } = logOf(test)
    log.scope('call').info('drive/v1/medias/upload_part', { seq: 3, ms: 120, status: 200 })
    log.scope('host').warn('two\nlines {of text', { note: 'a\nb' })
    expect(lines()).toEqual([
      '2026-11-25T12:00:00.005Z info  call drive/v1/medias/upload_part {"seq":3,"ms":120,"status":200}',
      '2026-11-25T12:00:00.005Z warn  host two\\u000alines (of text {"note":"a\\nb"}',
    ])
  })

  it('tells of an error its codes and place, and keeps its words apart', (test) => {
    const { log, lines } = logOf(test)
    const cause = Object.assign(new Error("EACCES: '/home/joe/plan.pdf'"), { code: 'EACCES' })
    const error = new TransferError('source-unreadable', { detail: '/home/joe/plan.pdf', cause })
    log.scope('engine').error('fault', { error })
    const { error: told, private: words } = detailsOf(lines()[0])
    expect(told).toMatchObject({ code: 'source-unreadable', causes: [{ code: 'EACCES' }] })
    expect(told.at[0]).toMatch(/^open-log\.test\.ts:\d+$/)
    expect(JSON.stringify(told)).not.toContain('plan.pdf')
    expect(words['messages']).toEqual(['/home/joe/plan.pdf', "EACCES: '/home/joe/plan.pdf'"])
  })

  it('leaves out what is below its level, until that is lowered', (test) => {
    const { log, lines } = logOf(test)
    log.scope('call').debug('not yet')
    log.setLevel('debug')
    log.scope('call').debug('now')
    log.setLevel('error')
    log.scope('call').warn('no more')
    expect(lines()).toEqual(['2026-11-25T12:00:00.005Z debug call now'])
  })

  it('keeps a few files of bounded size, for the eyes of their owner', (test) => {
    const { log } = logOf(test, 2_000)
    const { info } = log.scope('call')
    for (let entry = 0; entry < 400; entry++) info('x'.repeat(100), { entry })
    const names = readdirSync(log.folder).sort()
    expect(names).toEqual(['feidi.1.log', 'feidi.2.log', 'feidi.3.log', 'feidi.4.log', 'feidi.log'])
    for (const name of names) {
      const { size, mode } = statSync(join(log.folder, name))
      expect(size).toBeLessThan(2_300)
      expect(mode & 0o077).toBe(0)
    }
    expect(readFileSync(log.file, 'utf8')).toContain('"entry":399')
  })

  it('makes no home where there is none, and is silent when it can not write', (test) => {
    const { log, home } = logOf(test)
    const said = [vi.spyOn(console, 'error'), vi.spyOn(console, 'info')]
    rmSync(home, { recursive: true })
    log.scope('host').info('nobody reads this')
    expect(existsSync(home)).toBe(false)
    const { log: nowhere } = { log: openLog('/dev/null') }
    nowhere.scope('host').error('nor this')
    for (const spy of said) {
      expect(spy).not.toHaveBeenCalled()
      spy.mockRestore()
    }
  })

  it('survives what can not be written down', (test) => {
    const { log, lines } = logOf(test)
    const loop: Record<string, unknown> = { number: 5n, deep: null }
    loop['deep'] = loop
    const trap = {
      get value() {
        throw new Error('not readable')
      },
    }
    log.scope('host').info('a circle', loop)
    log.scope('host').info('a trap', { trap })
    log.scope('host').info('long', { text: 'x'.repeat(100_000) })
    expect(lines()).toHaveLength(3)
    expect(lines()[0]).toContain('"number":"5"')
    expect(lines()[2]?.length).toBeLessThan(2_200)
  })

  describe('secrets', () => {
    const SECRET = 'b7Xq/9=kV2+secret value'
    const TOKEN = 't-g1044qeGEDXTB6NDJOGV4JQCYDGHRBARFTGT1234'
    const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiI3In0.MEUCIQDx'

    it.each<[string, Record<string, unknown>]>([
      ['a known secret in words', { text: `secret is ${SECRET}!` }],
      ['in its encoded forms', { url: `/?s=${encodeURIComponent(SECRET)}`, b: base64(SECRET) }],
      ['in a header', { headers: { Authorization: `Bearer ${JWT}`, Cookie: 'sid=abcdef123' } }],
      ['in a header in words', { text: `authorization: Bearer ${JWT}\r\nx: y` }],
      ['as an unknown token', { text: `got ${TOKEN} and ${JWT}` }],
      ['under a telling name', { app_secret: 'abcdef123', tenant_access_token: 'abcdef123' }],
      ['in camel case', { appSecret: 'abcdef123', accessToken: 'abcdef123', token: 'abcdef123' }],
      ['deep inside', { a: [{ b: { refresh_token: 'abcdef123', c: [`x${SECRET}`] } }] }],
      ['in a proxy address', { proxy: 'http://joe:abcdef123@proxy:3128' }],
      ['in an error', { error: new Error(`401 for ${SECRET}`, { cause: new Error(TOKEN) }) }],
      [
        'in an error of ours',
        { error: new TransferError('proxy-invalid', { detail: `${SECRET} ${JWT}` }) },
      ],
      ['in private details', { private: { detail: SECRET, password: 'abcdef123' } }],
    ])('never get in: %s', (_what, details) => {
      expectHidden((log) => log.error('x', details))
    })

    it('never get in: in the message', () => {
      expectHidden((log) => log.error(`token ${TOKEN} of ${SECRET}, Basic ${base64(SECRET)}`))
    })

    it('stay hidden however many tokens were renewed since', (test) => {
      const { log, lines } = logOf(test)
      log.redactor.hideForGood(SECRET)
      for (let token = 0; token < 1_000; token++) log.redactor.hide(`renewed-${token}-end`)
      log.scope('host').info(SECRET)
      expect(lines()[0]).not.toContain(SECRET)
    })

    it('do not take names with them that only look alike', (test) => {
      const { log, lines } = logOf(test)
      log
        .scope('engine')
        .info('transfer done', { id: 'report-2026-11-25-final', fileToken: 'boxcn1' })
      expect(lines()[0]).toContain('{"id":"report-2026-11-25-final","fileToken":"boxcn1"}')
    })

    function expectHidden(write: (log: ReturnType<ReturnType<typeof openLog>['scope']>) => void) {
      const home = mkdtempSync(join(tmpdir(), 'feidi-log-'))
      const log = openLog(home)
      log.redactor.hideForGood(SECRET)
      write(log.scope('host'))
      const text = readFileSync(log.file, 'utf8')
      rmSync(home, { recursive: true })
      expect(text).toContain('***')
      const secrets = [SECRET, encodeURIComponent(SECRET), base64(SECRET), TOKEN, JWT, 'abcdef123']
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
  })
})

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function logOf(test: TestContext, mostFileBytes?: number) {
  const home = mkdtempSync(join(tmpdir(), 'feidi-log-'))
  test.onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const nowMs = () => AT_MS
  const log = openLog(home, { nowMs, ...(mostFileBytes !== undefined && { mostFileBytes }) })
  const lines = () => readFileSync(log.file, 'utf8').trimEnd().split('\n')
  return { home, log, lines }
}

function detailsOf(line = '') {
  return JSON.parse(line.slice(line.indexOf(' {'))) as {
    error: { at: string[] }
    private: Record<string, unknown>
  }
}
