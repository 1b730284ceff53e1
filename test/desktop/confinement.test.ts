import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { APP_POLICY } from '#main/app/api/app-policy.ts'
import { answerAppRequest } from '#main/desktop/app-protocol.ts'
import { keychainBox } from '#main/desktop/keychain-box.ts'
import { mayOpenOutside } from '#main/desktop/outside-links.ts'
import { staticFiles } from '#main/lib/static-files.ts'

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
    const page = answerAppRequest(files, get('app://feidi/'))
    expect(await page.text()).toBe('<title>app</title>')
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    )
    expect(answerAppRequest(files, get('app://feidi/assets/app.js')).status).toBe(200)
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
      expect(answerAppRequest(files, get(url)).status, url).toBe(404)
    }
    expect(answerAppRequest(files, { method: 'POST', url: 'app://feidi/' }).status).toBe(404)
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
  const keychain = (isThere: boolean) =>
    keychainBox({
      isAsyncEncryptionAvailable: async () => isThere,
      encryptStringAsync: async (text) => Buffer.from([...text].reverse().join('')),
      decryptStringAsync: async (bytes) => {
        if (bytes.length === 0) throw new Error('not ours')
        return { shouldReEncrypt: false, result: [...bytes.toString()].reverse().join('') }
      },
    })

  it('gives back what it was given', async () => {
    const sealed = await keychain(true).seal('secret')
    expect(sealed).not.toContain('secret')
    expect(await keychain(true).open(sealed)).toBe('secret')
  })

  it('is never gone round', async () => {
    await expect(keychain(false).seal('secret')).rejects.toMatchObject({ code: 'keychain-missing' })
    await expect(keychain(true).open('')).rejects.toMatchObject({ code: 'keychain-missing' })
  })
})
