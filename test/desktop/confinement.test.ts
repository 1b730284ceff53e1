import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { APP_POLICY } from '#main/app/api/app-policy.ts'
import { answerAppRequest } from '#main/desktop/app-protocol.ts'
import { Keychain } from '#main/desktop/keychain-box.ts'
import { mayOpenOutside } from '#main/desktop/outside-links.ts'
import { staticFiles } from '#main/lib/static-files.ts'

const NO_PICTURES = { picture: async () => undefined }

async function somePages(test: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'feidi-app-'))
  test.onTestFinished(() => rm(root, { recursive: true, force: true }))
  const folder = join(root, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(root, 'secret.js'), 'a secret')
  await writeFile(join(folder, 'index.html'), '<title>app</title>')
  await writeFile(join(folder, 'assets', 'app.js'), 'export {}')
  await symlink(join(root, 'secret.js'), join(folder, 'assets', 'link.js'))
  return staticFiles(folder)
}

const get = (url: string) => ({ method: 'GET', url })

describe('app://feidi', () => {
  it('is the built pages, with a strict policy', async (test) => {
    const files = await somePages(test)
    const page = await answerAppRequest(files, NO_PICTURES, get('app://feidi/'))
    expect(await page.text()).toBe('<title>app</title>')
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    )
    expect(
      (await answerAppRequest(files, NO_PICTURES, get('app://feidi/assets/app.js'))).status,
    ).toBe(200)
  })

  it('has the policy of the web host, which the page repeats itself', async () => {
    const page = await readFile('renderer/index.html', 'utf8')
    const own = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1]
    expect(`${own}; frame-ancestors 'none'`).toBe(APP_POLICY)
  })

  it('is nothing else', async (test) => {
    const files = await somePages(test)
    for (const url of [
      'app://feidi/../secret.js',
      'app://feidi/assets/..%2f..%2fsecret.js',
      'app://feidi/%2e%2e/secret.js',
      'app://feidi/assets/link.js',
      'app://feidi//etc/passwd',
      'app://evil/',
      'file:///etc/passwd',
      'https://feidi/',
      'not a url',
    ]) {
      expect((await answerAppRequest(files, NO_PICTURES, get(url))).status, url).toBe(404)
    }
    expect(
      (await answerAppRequest(files, NO_PICTURES, { method: 'POST', url: 'app://feidi/' })).status,
    ).toBe(404)
  })
})

describe('links that lead out', () => {
  it.each([
    ['https://www.feishu.cn/drive/folder/x', true],
    ['https://example.feishu.cn/file/x', true],
    ['https://www.larksuite.com/', true],
    ['http://www.feishu.cn/', false],
    ['https://feishu.cn.evil.example/', false],
    ['https://evilfeishu.cn/', false],
    ['https://user@www.feishu.cn/', false],
    ['https://www.feishu.cn:8443/', false],
    ['javascript:alert(1)', false],
    ['file:///bin/sh', false],
    ['ms-settings:', false],
    ['', false],
  ])('%s: %s', (url, allowed) => {
    expect(mayOpenOutside(url)).toBe(allowed)
  })
})

describe('the keychain', () => {
  /** @param prefix of what the system seals: it tells with which key */
  function keychainOf(platform: NodeJS.Platform, prefix: string) {
    const stop = new AbortController()
    const keychain = new Keychain({
      platform,
      signal: stop.signal,
      safeStorage: {
        encryptStringAsync: async (text) => Buffer.from(prefix + [...text].reverse().join('')),
        async decryptStringAsync(bytes) {
          if (bytes.length === 0) throw new Error('not ours')
          if (bytes.toString() === 'locked') return new Promise(() => {})
          const result = [...bytes.subarray(3).toString()].reverse().join('')
          return { shouldReEncrypt: bytes.subarray(0, 3).toString() !== prefix, result }
        },
      },
    })
    return { keychain, stop }
  }

  it.each([
    ['linux', 'v10', 'obfuscated'],
    ['linux', 'v11', 'system'],
    ['linux', 'v12', 'system'],
    ['darwin', 'v10', 'system'],
    ['win32', 'v10', 'system'],
  ] as const)('on %s seals as %s shows: %s', async (platform, prefix, storage) => {
    const { keychain } = keychainOf(platform, prefix)
    const sealed = await keychain.seal('secret')
    expect(sealed).not.toContain('secret')
    expect(await keychain.open(sealed)).toBe('secret')
    expect(keychain.storage).toBe(storage)
    const next = keychainOf(platform, prefix).keychain
    expect(next.storage).toBe('system')
    await next.open(sealed)
    expect(next.storage).toBe(storage)
  })

  it('seals again what a keyring that was set up since keeps better', async () => {
    const sealed = await keychainOf('linux', 'v10').keychain.seal('secret')
    const { keychain } = keychainOf('linux', 'v11')
    const renewed: string[] = []
    expect(await keychain.open(sealed, (better) => void renewed.push(better))).toBe('secret')
    expect(keychain.storage).toBe('system')
    const [better = ''] = renewed
    expect(Buffer.from(better, 'base64').toString()).toBe('v11terces')
    const full = () => {
      throw new Error('the disk is full')
    }
    expect(await keychain.open(sealed, full)).toBe('secret')
    expect(keychain.storage).toBe('obfuscated')
  })

  it('is never gone round', async () => {
    const { keychain } = keychainOf('linux', 'v11')
    await expect(keychain.open('')).rejects.toMatchObject({ code: 'keychain-missing' })
  })

  it('is given up while it still asks the person, when Feidi quits', async () => {
    const { keychain, stop } = keychainOf('linux', 'v11')
    const opening = keychain.open(Buffer.from('locked').toString('base64'))
    stop.abort()
    await expect(opening).rejects.toMatchObject({ code: 'keychain-missing' })
  })
})
