import { once } from 'node:events'
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openLog } from '#main/lib/log/open-log.ts'
import { openWebHost } from '#main/web/open-web-host.ts'
import { openWebScene, type WebScene } from './web-scene.ts'

const INFO = { method: 'POST', path: '/api/app.info', body: '{}' }

describe('the printed link', () => {
  it('lets one browser in, once', async (test) => {
    const scene = await openWebScene(test)
    const link = new URL(scene.web.newLink())
    expect(link.origin).toBe(scene.base)
    const path = link.pathname + link.search
    const first = await scene.raw({ path })
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } })
    const [cookie = ''] = [first.headers['set-cookie'] ?? []].flat()
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/)
    const second = await scene.raw({ path })
    expect(second.status).toBe(401)
    expect(second.headers['set-cookie']).toBeUndefined()
    expect(second.text).toContain('feidi serve')
  })

  it('is not used up by who only looks whether it leads anywhere', async (test) => {
    const scene = await openWebScene(test)
    const link = new URL(scene.web.newLink())
    const path = link.pathname + link.search
    const looked = await scene.raw({ method: 'HEAD', path })
    expect(looked.headers['set-cookie']).toBeUndefined()
    expect(await scene.raw({ path })).toMatchObject({ status: 303, headers: { location: '/' } })
  })

  it.each(['', 'x', 'x'.repeat(43), '%00', 'a&token=b'])('is not guessed: %j', async (token) => {
    await withScene(async (scene) => {
      scene.web.newLink()
      const reply = await scene.raw({ path: `/?token=${token}` })
      expect(reply.status).toBe(401)
      expect(reply.headers['set-cookie']).toBeUndefined()
    })
  })

  it('is no longer good when there is a newer one', async (test) => {
    const scene = await openWebScene(test)
    const { search } = new URL(scene.web.newLink())
    scene.web.newLink()
    expect((await scene.raw({ path: `/${search}` })).status).toBe(401)
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
