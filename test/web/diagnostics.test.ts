import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { openRules } from '#main/store/rule-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openTokenVault } from '#main/store/token-vault.ts'
import type { RequestInput } from '#shared/contract/contract.ts'
import { WATCH_RULE_DEFAULTS } from '#shared/model/rule-defaults.ts'
import { addPerson, LI } from '#test/kit/feidi/signed-in.ts'
import { openWebScene, type WebScene } from './web-scene.ts'

/** Stand in the names of everything that is a person's own. */
const PRIVATE = '私密合同'
const PATTERN = 'geheim-*.txt'
const COLLEAGUE = 'li@geheim.example.com'
const WEB_PASSWORD = 'open sesame geheim'
const PROXY_PASSWORD = 'geheim/proxy#1'

describe('the report for support', () => {
  it('has what helps, and no secret, token, name or path', async (test) => {
    const { scene, page } = await sceneWithTrouble(test)
    const { fileName, text } = await page.ask('diagnostics.export', { withFileNames: false })
    expect(fileName).toMatch(/^feidi-diagnostics-\d{4}-\d\d-\d\d\.txt$/)
    for (const section of ['Program', 'Settings', 'Queue', 'Watched folders', 'Recent failures']) {
      expect(text).toContain(`== ${section} ==`)
    }
    expect(text).toContain('"integrity": "ok"')
    expect(text).toMatch(/"code": 1061004,[^}]*"logId": "\w+"/)
    expect(text).toMatch(/ warn {2}call drive\/v1\/files\/upload_all \{.*"code":1061004/)
    expect(text).toMatch(/"endpoint": "drive\/v1\/files\/upload_all",\s*"used": 2/)
    expect(text).toContain('"excludePatterns": 1')

    const secrets = ['Bearer ', /\bt-[\w.-]{16}/]
    const own = [PRIVATE, PATTERN, COLLEAGUE, scene.folder, scene.home, scene.folderToken]
    for (const never of [...secrets, ...own, 'cli_demo', ...tokensOf(scene)]) {
      if (typeof never === 'string') expect(text).not.toContain(never)
      else expect(text).not.toMatch(never)
    }
  })

  it('has names and paths when the person wants them in, and still no secret', async (test) => {
    const { scene, page, planted } = await sceneWithTrouble(test)
    const { text } = await page.ask('diagnostics.export', { withFileNames: true })
    for (const name of [join(scene.folder, `${PRIVATE}.bin`), PATTERN, scene.home]) {
      expect(text).toContain(name)
    }
    const { text: log } = await page.ask('diagnostics.log', {})
    expect(log).toContain(`no: ${PRIVATE} ***`)
    for (const shown of [text, log]) {
      expect(shown).not.toMatch(/Bearer (?!\*)|\bt-[\w.-]{16}/)
      expect(planted.filter((secret) => shown.includes(secret))).toEqual([])
    }
  })
})

describe('the log', () => {
  it('can be read by its owner, and goes into detail when asked to, without a restart', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    const live = await page.follow()
    const upload = async (name: string, done: number) => {
      const { path } = await scene.write(name, 100)
      const request = { paths: [path], uploads: [], destination: scene.to, again: false }
      await page.ask('queue.add', request)
      await live.until(({ counts }) => counts.byState.done === done)
    }
    await upload('a.bin', 1)
    const before = await page.ask('diagnostics.log', {})
    expect(before.text).toMatch(/ info {2}engine transfer done /)
    expect(before.text).not.toContain(' debug ')
    expect(before.truncated).toBe(false)

    await page.ask('settings.set', { change: { detailedLog: true } })
    await upload('b.bin', 2)
    expect((await page.ask('diagnostics.log', {})).text).toMatch(
      / debug engine transfer preparing /,
    )
    expect(await readFile(join(scene.home, 'logs', 'feidi.log'), 'utf8')).toContain(before.text)
  })

  it('says what is running', async (test) => {
    const scene = await openWebScene(test)
    const page = await scene.signIn()
    const { text } = await page.ask('diagnostics.log', {})
    expect(text).toMatch(/ info {2}host begins \{"host":"web","version":"0\.0\.0-test"/)
  })

  it('is not shown in the file manager of a machine that the browser is not on', async (test) => {
    const page = await (await openWebScene(test)).signIn()
    const { answer } = await page.post('diagnostics.reveal', { place: 'log' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-available-here' } })
  })
})

/**
 * A file that is refused, one that is up, and a rule; all of them with telling names. A secret of every
 * kind is in use, and the server repeats some of them.
 */
async function sceneWithTrouble(test: TestContext) {
  const scene = await openWebScene(test, { web: { password: WEB_PASSWORD } })
  const watched = join(scene.folder, `${PRIVATE}-watched`)
  await mkdir(watched)
  openRules(scene.home).add(
    {
      ...WATCH_RULE_DEFAULTS,
      folder: watched,
      destination: { kind: 'folder', folderToken: scene.folderToken },
      exclude: [PATTERN],
      shareWith: COLLEAGUE,
    },
    Date.now(),
  )
  const page = await scene.signIn()
  const live = await page.follow()
  const proxy = { kind: 'manual', host: 'proxy.example.com', port: 3128, user: 'li', noProxy: '' }
  // The simulator is on this machine, where no proxy is asked.
  await page.ask('proxy.set', { proxy, password: PROXY_PASSWORD } as RequestInput<'proxy.set'>)
  const { url } = await page.ask('devices.link', {})
  const planted = [
    'demo-secret',
    WEB_PASSWORD,
    PROXY_PASSWORD,
    new URL(url).searchParams.get('token') ?? '',
    page.headers['cookie']?.split('=')[1] ?? '',
    ...(await signedInPerson(scene)),
  ]
  for (const secret of planted) expect(secret.length).toBeGreaterThan(8)
  const msg = `no: ${PRIVATE} demo-secret`
  const fault = { kind: 'answer', status: 403, code: 1061004, msg } as const
  scene.simulator.faults.add({ endpoint: 'files/upload_all', do: fault })
  const files = [await scene.write(`${PRIVATE}.bin`, 100), await scene.write('b.bin', 200)]
  const paths = files.map(({ path }) => path)
  const request = { uploads: [], destination: scene.to, again: false }
  await page.ask('queue.add', { ...request, paths: paths.slice(0, 1) })
  await live.until(({ counts }) => counts.byTab.attention === 1)
  const elsewhere = `folder:${scene.simulator.createFolder('', 'Other')}`
  await page.ask('queue.add', { ...request, destination: elsewhere, paths: paths.slice(1) })
  await live.until(({ counts }) => counts.byState.done === 1)
  return { scene, page, planted }
}

/** Signs a person in. @returns the secrets that are kept for them, and what seals them */
async function signedInPerson({ home, simulator }: WebScene): Promise<string[]> {
  const identity = await addPerson(home, simulator, LI)
  const tokens = await openTokenVault(home, identity, keyFileBox(home)).read()
  const key = await readFile(join(home, 'secret.key'))
  const secrets = [tokens?.accessToken, tokens?.refreshToken]
  return [...secrets.map((secret) => secret ?? ''), key.toString('base64'), key.toString('hex')]
}

function tokensOf({ simulator }: Awaited<ReturnType<typeof openWebScene>>): string[] {
  return simulator.calls.flatMap(({ fileToken }) => (fileToken === undefined ? [] : [fileToken]))
}
