import { once } from 'node:events'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openLog } from '#main/lib/log/open-log.ts'
import { askForLink } from '#main/web/link-door.ts'
import { openWebHost } from '#main/web/open-web-host.ts'
import { cookieOf, enter, openWebScene, type WebScene } from './web-scene.ts'

const INFO = { method: 'POST', path: '/api/app.info', body: '{}' }

describe('a link', () => {
  it('lets one browser in, once, after a click', async (test) => {
    const scene = await openWebScene(test)
    const { url } = scene.web.newLink()
    const { origin, pathname, search } = new URL(url)
    expect(origin).toBe(scene.base)
    const path = pathname + search
    // Chat programs open links to preview them, some with HEAD first.
    for (const method of ['HEAD', 'GET', 'GET']) {
      const opened = await scene.raw({ method, path })
      expect(opened.status).toBe(200)
      expect(opened.headers['set-cookie']).toBeUndefined()
      expect(opened.headers['content-security-policy']).toContain("default-src 'none'")
    }
    const first = await enter(scene, url)
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } })
    const [cookie = ''] = [first.headers['set-cookie'] ?? []].flat()
    expect(cookie).toMatch(/; Max-Age=2592000; HttpOnly; SameSite=Strict$/)
    const second = await enter(scene, url)
    expect(second.status).toBe(401)
    expect(second.headers['set-cookie']).toBeUndefined()
    expect(second.text).toContain('feidi link')
  })

  it('is used by our own page only', async (test) => {
    const scene = await openWebScene(test)
    const { url } = scene.web.newLink()
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      expect((await enter(scene, url, { origin })).status).toBe(403)
    }
    expect((await enter(scene, url)).status).toBe(303)
  })

  it('is over after ten minutes, and does not end the ones before it', async (test) => {
    const scene = await openWebScene(test)
    const [first, second, late] = [0, 1, 2].map(() => scene.web.newLink().url)
    vi.setSystemTime(Date.now() + 599_000)
    test.onTestFinished(() => void vi.useRealTimers())
    for (const url of [second, first]) expect((await enter(scene, url ?? '')).status).toBe(303)
    vi.setSystemTime(Date.now() + 2_000)
    expect((await enter(scene, late ?? '')).status).toBe(401)
  })

  it.each(['', 'x', 'x'.repeat(43), '%00', 'a&token=b', '%22%3E%3Cscript%3E'])(
    'is not guessed: %j',
    async (token) => {
      await withScene(async (scene) => {
        scene.web.newLink()
        const opened = await scene.raw({ path: `/?token=${token}` })
        expect(opened.text).not.toContain('<script')
        const reply = await enter(scene, `${scene.base}/?token=${token}`)
        expect(reply.status).toBe(401)
        expect(reply.headers['set-cookie']).toBeUndefined()
      })
    },
  )
})

describe('a signed-in browser', () => {
  async function statusOf(scene: WebScene, cookie: string): Promise<number> {
    const headers = { origin: scene.base, cookie, 'content-type': 'application/json' }
    return (await scene.raw({ ...INFO, headers })).status
  }

  it('stays so over a restart of the host, and its secret is nowhere on the disk', async (test) => {
    const scene = await openWebScene(test)
    const { cookie = '' } = (await scene.signIn()).headers
    await scene.restart(undefined, { port: scene.web.port })
    expect(await statusOf(scene, cookie)).toBe(200)
    const kept = await readFile(join(scene.home, 'web-sessions.json'), 'utf8')
    expect(kept).not.toContain(cookie.split('=')[1])
    expect((await stat(join(scene.home, 'web-sessions.json'))).mode & 0o077).toBe(0)
  })

  it.each([
    ['a new password', 'a'.repeat(12), 401],
    ['the same password', 'correct horse', 200],
    ['no password any more', undefined, 401],
  ])('has to sign in again with %s only where that is another', async (_, next, status) => {
    await withScene(
      async (scene) => {
        const { cookie = '' } = (await scene.signIn()).headers
        await scene.restart(undefined, { port: scene.web.port, password: next })
        expect(await statusOf(scene, cookie)).toBe(status)
        const kept = await readFile(join(scene.home, 'web-sessions.json'), 'utf8')
        expect(kept).not.toMatch(/correct horse|aaaa/)
      },
      { web: { password: 'correct horse' } },
    )
  })

  it('has to sign in again after 30 days without a visit', async (test) => {
    const scene = await openWebScene(test)
    const { cookie = '' } = (await scene.signIn()).headers
    test.onTestFinished(() => void vi.useRealTimers())
    for (const [days, status] of [
      [29, 200],
      [29, 200],
      [31, 401],
    ] as const) {
      vi.setSystemTime(Date.now() + days * 86_400_000)
      expect(await statusOf(scene, cookie)).toBe(status)
    }
  })

  it('is listed, and signed out by another: its events end at once', async (test) => {
    const scene = await openWebScene(test)
    const [mine, other] = [await scene.signIn(), await scene.signIn()]
    const { devices } = await mine.ask('devices.list', {})
    expect(devices.map(({ isThis }) => isThis).toSorted()).toEqual([false, true])
    const ids = devices.filter(({ isThis }) => !isThis).map(({ id }) => id)
    const { socket } = await other.follow()
    const closed = once(socket, 'close')
    expect(await mine.ask('devices.sign-out', { ids })).toEqual({ signedOut: 1 })
    await closed
    expect(await statusOf(scene, other.headers['cookie'] ?? '')).toBe(401)
    expect(await statusOf(scene, mine.headers['cookie'] ?? '')).toBe(200)
  })

  it('makes a link for the next one', async (test) => {
    const scene = await openWebScene(test)
    const { url } = await (await scene.signIn()).ask('devices.link', {})
    expect((await enter(scene, url)).status).toBe(303)
  })
})

describe('the private way to a running host', () => {
  it('gives a link to anyone who can read the home', async (test) => {
    const scene = await openWebScene(test)
    const { url } = await askForLink(scene.home)
    expect((await enter(scene, url)).status).toBe(303)
    for (const name of ['web-link.json', 'web-link.sock']) {
      expect((await stat(join(scene.home, name))).mode & 0o077, name).toBe(0)
    }
  })

  it('tells nothing without the key', async (test) => {
    const scene = await openWebScene(test)
    for (const said of ['\n', 'x\n', `${'é'.repeat(43)}\n`, 'x'.repeat(100_000)]) {
      const socket = connect(join(scene.home, 'web-link.sock'))
      socket.write(said)
      let heard = ''
      socket.on('data', (chunk) => (heard += String(chunk)))
      socket.on('error', () => {}) // Cut off while it still talks.
      await new Promise((resolve) => socket.once('close', resolve))
      expect(heard).toBe('')
    }
    await askForLink(scene.home)
  })

  it('is closed with the host, and opened again after a kill', async (test) => {
    const scene = await openWebScene(test)
    await scene.restart(() => {
      expect(readdirSync(scene.home).filter((name) => name.startsWith('web-link'))).toEqual([])
      writeFileSync(join(scene.home, 'web-link.sock'), '')
    })
    await askForLink(scene.home)
    rmSync(join(scene.home, 'web-link.sock'))
    await expect(askForLink(scene.home)).rejects.toMatchObject({ code: 'no-web-host' })
  })
})

describe('behind a proxy that ends TLS', () => {
  const publicUrl = 'https://feidi.example.com'
  const open = { web: { publicUrl, password: 'correct horse' } }

  it('browsers come by the public address alone', async (test) => {
    const scene = await openWebScene(test, open)
    const { url } = scene.web.newLink()
    expect(url).toMatch(/^https:\/\/feidi\.example\.com\/\?token=/)
    const host = 'feidi.example.com'
    for (const headers of [
      { origin: scene.base },
      { origin: 'http://feidi.example.com', host },
      { origin: 'https://feidi.example.com:8443', host },
      { origin: 'https://feidi.example.com.evil.example', host },
      { origin: publicUrl, host: 'evil.example' },
      { origin: publicUrl, host: 'feidi.example.com:8443' },
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
      {
        origin: publicUrl,
        host: 'evil.example',
        'x-forwarded-host': host,
        forwarded: `host=${host}`,
      },
    ]) {
      expect((await enter(scene, url, headers)).status, JSON.stringify(headers)).toBe(403)
    }
    const reply = await enter(scene, url, { origin: publicUrl, host })
    expect(reply.status).toBe(303)
    expect([reply.headers['set-cookie']].flat()[0]).toMatch(
      /^__Host-feidi_\d+=[\w-]{43}; Path=\/; Max-Age=2592000; Secure; HttpOnly; SameSite=Strict$/,
    )
    // A proxy that does not pass the name on comes as loopback.
    for (const name of [host, `127.0.0.1:${scene.web.port}`]) {
      const headers = { origin: publicUrl, host: name, cookie: cookieOf(reply) }
      const asked = await scene.raw({
        ...INFO,
        headers: { ...headers, 'content-type': 'application/json' },
      })
      expect(asked.status, name).toBe(200)
      const socket = new WebSocket(`${scene.base.replace('http', 'ws')}/live`, { headers })
      await once(socket, 'message')
      socket.terminate()
    }
  })

  it.each([
    ['http://feidi.example.com', 'correct horse'],
    ['https://feidi.example.com/feidi', 'correct horse'],
    ['https://me:pw@feidi.example.com', 'correct horse'],
    ['feidi.example.com', 'correct horse'],
    ['https://feidi.example.com', undefined],
  ])('%s with the password %s is refused', async (url, password) => {
    await expect(
      withScene(async () => {}, { web: { publicUrl: url, password } }),
    ).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('a request', () => {
  it('is answered to a page that is signed in', async (test) => {
    const scene = await openWebScene(test)
    const { headers } = await scene.signIn()
    const reply = await scene.raw({ ...INFO, headers })
    expect(reply.status).toBe(200)
    expect(reply.headers['access-control-allow-origin']).toBeUndefined()
  })

  it.each([
    ['without a cookie', { cookie: '' }, 401],
    ['with a wrong cookie', { cookie: 'feidi_1=abc' }, 401],
    ['from another origin', { origin: 'https://evil.example' }, 403],
    ['from another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['from nowhere', { origin: 'null' }, 403],
    ['for another host', { host: 'evil.example' }, 403],
    ['for a name that only looks like ours', { host: 'localhost.evil.example' }, 403],
    ['for another address', { host: '192.168.1.5' }, 403],
    ['of another type', { 'content-type': 'text/plain' }, 415],
    ['of a type that forms can send', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('%s is refused', async (_, wrong, status) => {
    await withScene(async (scene) => {
      const { headers } = await scene.signIn()
      const reply = await scene.raw({ ...INFO, headers: { ...headers, ...wrong } })
      expect(reply.status).toBe(status)
      expect(JSON.parse(reply.text)).toMatchObject({ ok: false })
    })
  })

  it('without an origin is refused', async (test) => {
    const scene = await openWebScene(test)
    const { origin: _, ...headers } = (await scene.signIn()).headers
    expect((await scene.raw({ ...INFO, headers })).status).toBe(403)
  })

  it('with two sessions is refused: one of them was planted', async (test) => {
    const scene = await openWebScene(test)
    const { headers } = await scene.signIn()
    const cookie = `${headers['cookie']}; ${headers['cookie']}x`
    expect((await scene.raw({ ...INFO, headers: { ...headers, cookie } })).status).toBe(401)
  })

  it.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH'])('%s finds nothing', async (method) => {
    await withScene(async (scene) => {
      const { headers } = await scene.signIn()
      const reply = await scene.raw({ ...INFO, method, headers })
      expect([400, 404]).toContain(reply.status)
    })
  })
})

describe('live events', () => {
  it.each([
    ['without a cookie', { cookie: '' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['for another host', { host: 'evil.example' }],
    ['without an origin', { origin: '' }],
  ])('%s are refused', async (_, wrong) => {
    await withScene(async (scene) => {
      const { headers } = await scene.signIn()
      const url = `${scene.base.replace('http', 'ws')}/live`
      const socket = new WebSocket(url, { headers: { ...headers, ...wrong } })
      const [error] = (await once(socket, 'error')) as [Error]
      expect(error.message).toContain('403')
    })
  })

  it('end for a page that talks back', async (test) => {
    const scene = await openWebScene(test)
    const { socket } = await (await scene.signIn()).follow()
    socket.send('{"channel":"queue.act"}')
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1008)
  })

  it('end for a page that shouts', async (test) => {
    const scene = await openWebScene(test)
    const { socket } = await (await scene.signIn()).follow()
    socket.on('error', () => {})
    socket.send(Buffer.alloc(5_000_000))
    await once(socket, 'close')
    expect((await scene.raw({ path: '/' })).status).toBe(401)
  })
})

describe('pages', () => {
  const built = { web: { rendererFolder: '' } }

  async function withPages(
    use: (scene: WebScene, headers: Record<string, string>) => Promise<void>,
  ) {
    await withScene(async (scene) => {
      const { headers } = await scene.signIn()
      const { 'content-type': _, origin: __, ...rest } = headers
      await use(scene, rest)
    }, built)
  }

  it('come with a strict policy, to those who are signed in', async () => {
    await withPages(async (scene, headers) => {
      const reply = await scene.raw({ path: '/', headers })
      expect(reply).toMatchObject({ status: 200, text: '<title>app</title>' })
      expect(reply.headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self';/,
      )
      expect(reply.headers['content-security-policy']).not.toContain('unsafe')
      expect(reply.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      const script = await scene.raw({ path: '/assets/app.js', headers })
      expect(script.headers['content-type']).toContain('text/javascript')
      expect((await scene.raw({ path: '/assets/app.js' })).status).toBe(401)
    })
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..\\..\\secret.txt',
    '//secret.txt',
    '/secret.txt',
    '/assets/link.js',
    '/assets',
    '/assets/',
    '/assets/app.js%00.html',
    '/assets/none.js',
  ])('never come from elsewhere: %s', async (path) => {
    await withPages(async (scene, headers) => {
      const reply = await scene.raw({ path, headers })
      expect([400, 404]).toContain(reply.status)
      expect(reply.text).not.toContain('a secret')
    })
  })
})

describe('beyond this machine', () => {
  const password = 'correct horse battery'
  const open = { web: { address: '0.0.0.0', password } }

  it('nothing opens without a password', async (test) => {
    const scene = await openWebScene(test)
    const options = {
      home: join(scene.folder, 'other'),
      version: '0',
      address: '0.0.0.0',
      port: 0,
      password: undefined,
      allow: [],
      credentials: undefined,
      systemLanguage: 'en',
      given: {},
      log: openLog(scene.home),
      onFault: () => {},
    } as const
    await expect(openWebHost(options)).rejects.toMatchObject({ code: 'usage' })
  })

  function form(scene: WebScene, typed: string, more: Record<string, string> = {}) {
    return scene.raw({
      method: 'POST',
      path: '/enter',
      headers: {
        origin: scene.base,
        'content-type': 'application/x-www-form-urlencoded',
        ...more,
      },
      body: new URLSearchParams({ password: typed }).toString(),
    })
  }

  it('the password lets in, from our own page only', async (test) => {
    const scene = await openWebScene(test, open)
    const page = await scene.raw({ path: '/' })
    expect(page.text).toContain('type="password"')
    expect((await form(scene, password, { origin: 'http://evil.example' })).status).toBe(403)
    const reply = await form(scene, password)
    expect(reply.status).toBe(303)
    expect([reply.headers['set-cookie'] ?? []].flat()).toHaveLength(1)
  })

  it('the password can not be tried out', async (test) => {
    const scene = await openWebScene(test, open)
    for (let attempt = 0; attempt < 10; attempt++) {
      expect((await form(scene, `guess ${attempt}`)).status).toBe(401)
    }
    expect((await form(scene, password)).status).toBe(429)
  })

  it('a name that is not ours is still refused', async (test) => {
    const scene = await openWebScene(test, open)
    const host = (name: string) => scene.raw({ path: '/', headers: { host: name } })
    expect((await host('evil.example')).status).toBe(403)
    expect((await host('192.168.1.5:5260')).status).toBe(401)
  })
})

/** For tables, whose tests get no context of their own. */
async function withScene(
  use: (scene: WebScene) => Promise<void>,
  options: Parameters<typeof openWebScene>[1] = {},
): Promise<void> {
  const clearing: (() => unknown)[] = []
  const test = { onTestFinished: (clear: () => unknown) => clearing.push(clear) }
  try {
    const web = options.web?.rendererFolder === '' ? { rendererFolder: await somePages() } : {}
    const scene = await openWebScene(test as never, { ...options, web: { ...options.web, ...web } })
    await use(scene)
  } finally {
    for (const clear of clearing.reverse()) await clear()
  }
}

async function somePages(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'feidi-pages-'))
  const folder = join(root, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(root, 'secret.txt'), 'a secret')
  await writeFile(join(root, 'secret.js'), 'a secret')
  await writeFile(join(folder, 'index.html'), '<title>app</title>')
  await writeFile(join(folder, 'assets', 'app.js'), 'export {}')
  await symlink(join(root, 'secret.js'), join(folder, 'assets', 'link.js'))
  return folder
}
