/** The limits of our own page, even if another person's script ran in it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerBox, boxesOf, trayOf, windowCount } from '../desktop/actions.ts'
import { isReal, openDesktop } from '../desktop/open-desktop.ts'

describe('the page', () => {
  it('goes nowhere', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    const page = await desktop.page()
    await page.locator('main').waitFor()
    const before = page.url()
    for (const url of ['https://evil.example/', 'app://evil/', 'file:///etc/passwd']) {
      await page.evaluate((target) => {
        location.href = target
      }, url)
    }
    await page.evaluate(() => window.feidi?.request('app.info', {}))
    await page.locator('main').waitFor()
    expect(page.url()).toBe(before)
    desktop.forgive()
  })

  it('may load itself anew', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    const page = await desktop.page()
    const loaded = page.waitForEvent('domcontentloaded')
    await page.evaluate(() => location.reload())
    await loaded
    await page.locator('main').waitFor()
  })

  it('opens no window; links to Feishu go to the browser of the person', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    const page = await desktop.page()
    await page.locator('main').waitFor()
    const opened = () => desktop.run(({ seen }) => seen.openedOutside)
    for (const url of [
      'https://evil.example/',
      'http://www.feishu.cn/',
      'https://open.feishu.cn/app',
      'https://example.larksuite.com/file/x',
    ]) {
      await page.evaluate((target) => void window.open(target, '_blank', 'noopener'), url)
    }
    await expect
      .poll(opened)
      .toEqual(['https://open.feishu.cn/app', 'https://example.larksuite.com/file/x'])
    await expect.poll(() => windowCount(desktop)).toBe(1)
    // Without a browser the link is given to the person.
    await desktop.run(({ electron }) => {
      electron.shell.openExternal = () => Promise.reject(new Error('no handler'))
    })
    await page.evaluate(() => void window.open('https://www.feishu.cn/x', '_blank', 'noopener'))
    await answerBox(desktop, 'The link could not be opened', 'Copy Link')
    await expect.poll(() => desktop.run(({ seen }) => seen.copied)).toHaveLength(1)
    await expect.poll(() => boxesOf(desktop)).toHaveLength(1)
  })

  it('is given nothing of the machine', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    const page = await desktop.page()
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
    const there = await page.evaluate(() =>
      ['require', 'process', 'module', 'ipcRenderer', 'electron'].filter((name) => name in window),
    )
    expect(there).toEqual([])
  })

  it('may write to the clipboard, where a link is copied to', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    const page = await desktop.page()
    await page.locator('main').click()
    const written = page.evaluate(() =>
      navigator.clipboard.writeText('a link').then(
        () => 'written',
        (error: Error) => error.name,
      ),
    )
    expect(await written).toBe('written')
  })

  it('holds no web view', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    await desktop.page()
    const isStopped = await desktop.run(({ electron }) => {
      let stopped = false
      const event = {
        preventDefault() {
          stopped = true
        },
      }
      const [window] = electron.BrowserWindow.getAllWindows()
      window?.webContents.emit('will-attach-webview', event, {}, {})
      return stopped
    })
    expect(isStopped).toBe(true)
  })

  it('is only what was built, under a policy that lets nothing else in', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    const page = await desktop.page()
    await page.locator('main').waitFor()
    const statusOf = (path: string) =>
      page.evaluate(async (wanted) => (await fetch(wanted)).status, path)
    expect(await statusOf('/')).toBe(200)
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/..%2f..%2fmain/main.js',
    ]) {
      expect(await statusOf(path), path).toBe(404)
    }
    const violated = await page.evaluate(async () => {
      const found = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) =>
          resolve(event.violatedDirective),
        )
      })
      const script = document.createElement('script')
      script.textContent = 'window.isInjected = true'
      document.body.append(script)
      return [await found, 'isInjected' in window] as const
    })
    expect(violated).toEqual(['script-src-elem', false])
    desktop.forgive()
  })
})

describe('a call of the page', () => {
  it('that does not fit, or names no channel, changes nothing', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    const page = await desktop.page()
    const ask = (channel: string, input: unknown) =>
      page.evaluate(
        async ([name, content]) => {
          try {
            const answer = await window.feidi?.request(name as never, content as never)
            return answer?.ok === false ? answer.error.code : answer
          } catch {
            return 'no such channel'
          }
        },
        [channel, input] as const,
      )
    expect(await ask('settings.set', { change: { theme: 'pink' } })).toBe('request-invalid')
    expect(await ask('settings.set', { change: {}, more: 1 })).toBe('request-invalid')
    expect(await ask('constructor', {})).toBe('no such channel')
    expect(await ask('folders.browse', { path: '/', showHidden: true })).toBe('not-available-here')
    expect(await ask('app.info', {})).toMatchObject({
      ok: true,
      value: { host: 'desktop', capabilities: { tray: true }, keyStorage: 'system' },
    })
  })
})

describe('the secret of an account', () => {
  it('is sealed by the keychain, and there after a restart', async (test) => {
    const desktop = await openDesktop(test)
    const settings = await readFile(join(desktop.home, 'settings.json'), 'utf8')
    expect(settings).toContain('cli_demo')
    expect(settings).not.toContain('demo-secret')
    await desktop.close()
    const next = await desktop.restart()
    const account = await (await next.page()).evaluate(() =>
      window.feidi?.request('account.get', {}),
    )
    expect(account).toMatchObject({ ok: true, value: { kind: 'app', appId: 'cli_demo' } })
    expect(JSON.stringify(account)).not.toContain('demo-secret')
    if (isReal) return
    await next.close()
    // A keyring that asks the person for a password first keeps neither the tray nor quitting waiting.
    const locked = await next.restart({ platform: 'linux', system: { keyring: 'locked' } })
    expect((await trayOf(locked)).menu).toContain('Quit Feidi')
  })

  it('is hardly protected on a Linux desktop without a keyring, and the page says so', async (test) => {
    if (process.platform !== 'linux') return
    const desktop = await openDesktop(test, { argv: ['--password-store=basic'] })
    const page = await desktop.page()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText('no keyring').waitFor()
    const account = await page.evaluate(() => window.feidi?.request('account.get', {}))
    expect(account).toMatchObject({ ok: true, value: { appId: 'cli_demo' } })
    expect(await readFile(join(desktop.home, 'settings.json'), 'utf8')).not.toContain('demo-secret')
  })

  it('is not kept where there is no keychain, and the page says why', async (test) => {
    const desktop = await openDesktop(test, { account: false })
    await desktop.run(({ electron }) => {
      electron.safeStorage.encryptStringAsync = () => Promise.reject(new Error('no keychain'))
    })
    const page = await desktop.page()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Add an account' }).click()
    await page.getByText('Set up by hand', { exact: true }).click()
    await page.getByText('As an app (no personal sign-in)').click()
    await page.getByLabel('App ID').fill('cli_demo')
    await page.getByLabel('App Secret').fill('demo-secret')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText("The system's keychain is not available").waitFor()
    expect(await readFile(join(desktop.home, 'settings.json'), 'utf8')).not.toContain('cli_demo')
  })
})
