/** Signing in, choosing and signing out on the command line, with the browser's part played by the test. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { KiB, openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { addPerson, HAN, LI } from '#test/kit/feidi/signed-in.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import { DEFAULT_APP } from '#test/simulator/limits.ts'

/** No credentials but those of the home. */
const NO_ENV = { FEIDI_APP_ID: '', FEIDI_APP_SECRET: '' }
const LOGIN_ENV = { FEIDI_APP_ID: '', FEIDI_APP_SECRET: DEFAULT_APP.secret }

async function openAccountScene(test: TestContext): Promise<Scene> {
  const scene = await openScene(test)
  scene.simulator.signIns.lifetimes.deviceIntervalMs = 10
  return scene
}

/** `feidi login --device`, the code approved at once by this person. */
async function login(scene: Scene, person: typeof LI) {
  scene.simulator.signIns.person = person
  const running = scene.start(['--json', 'login', '--device', '--app-id', DEFAULT_APP.id], {
    env: LOGIN_ENV,
  })
  const { userCode } = await running.line(({ type }) => type === 'sign-in')
  scene.simulator.signIns.decideDevice(String(userCode), 'allow')
  return running.ended
}

/** Returns the contents of all files in the home. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n')
}

describe('feidi login', () => {
  it('in the browser: link, page, account, and an upload as that person', async (test) => {
    const scene = await openAccountScene(test)
    scene.simulator.signIns.person = LI
    const running = scene.start(['--json', 'login', '--app-id', DEFAULT_APP.id], { env: LOGIN_ENV })
    const { url } = await running.line(({ type }) => type === 'sign-in')
    const page = await fetch(`${url}&decision=allow`)
    expect(await page.text()).toContain('You can return to Feidi')
    const { exitCode, lines, stdout, stderr } = await running.ended
    expect(exitCode).toBe(0)
    const identity = `user:ou_li@${DEFAULT_APP.id}@${new URL(scene.simulator.baseUrl).host}`
    expect(lines.at(-1)).toMatchObject({ type: 'account', identity, name: '李雷', inUse: true })
    expect(`${stdout}${stderr}`).not.toContain(DEFAULT_APP.secret)
    const { path } = await scene.write('a.txt', 1_000)
    const up = await scene.run(['upload', path, '--to', scene.to], { env: NO_ENV })
    expect(up.exitCode).toBe(0)
    expect(scene.simulator.callsTo('files/upload_all')).toMatchObject([{ identity: 'user:ou_li' }])
    // Documents take a permission more, which comes on top.
    const { stdout: accounts } = await scene.start(['accounts'], { env: NO_ENV }).ended
    expect(accounts).toContain('feidi login --for import document')
    const more = scene.start(['--json', 'login', '--for', 'document'], { env: LOGIN_ENV })
    const again = await more.line(({ type }) => type === 'sign-in')
    const asked = new URL(String(again['url'])).searchParams.get('scope')?.split(' ')
    expect(asked).toEqual(expect.arrayContaining(['drive:file:upload', 'docx:document']))
    // Someone else is no reason to grant it to another account.
    scene.simulator.signIns.person = HAN
    await fetch(`${again['url']}&decision=allow`)
    const other = await more.ended
    expect(other.exitCode).not.toBe(0)
    expect(other.lines.at(-1)).toMatchObject({ error: { code: 'sign-in-other-person' } })
    expect((await scene.run(['accounts'], { env: NO_ENV })).lines).toHaveLength(1)
  }, 120_000)

  it('says what Feishu says, also what it does not give, and keeps nothing of a refusal', async (test) => {
    const scene = await openAccountScene(test)
    const wrong = await scene.run(['login', '--device', '--app-id', DEFAULT_APP.id], {
      env: { FEIDI_APP_SECRET: 'not-the-secret' },
    })
    expect(wrong.exitCode).toBe(3)
    const asApp = await scene.run(['login', '--as-app', '--app-id', DEFAULT_APP.id], {
      env: { FEIDI_APP_SECRET: 'not-the-secret' },
    })
    expect(asApp.exitCode).toBe(3)
    expect((await scene.run(['accounts'], { env: NO_ENV })).lines).toEqual([])
    // A sign-in that ends after two hours is said now, not when files have waited for it.
    scene.simulator.signIns.withholdsRefreshTokens = true
    const brief = await login(scene, LI)
    expect(brief.exitCode).toBe(0)
    expect(brief.lines.at(-1)).toMatchObject({ type: 'warning', code: 'sign-in-not-renewable' })
    const { lines } = await scene.run(['doctor'], { env: NO_ENV })
    expect(lines.find(({ check }) => check === 'scopes')).toMatchObject({
      error: { code: 'sign-in-not-renewable' },
    })
    await scene.run(['logout'], { env: NO_ENV })
    // There is no one to ask, and a secret is not an argument.
    const silent = await scene.run(['login', '--app-id', DEFAULT_APP.id], { env: NO_ENV })
    expect(silent.exitCode).toBe(2)
  }, 120_000)
})

describe('several accounts of a home', () => {
  it('each finish what they began, as themselves; --account chooses; signing out stops only one', async (test) => {
    const scene = await openAccountScene(test)
    await login(scene, LI)
    await login(scene, HAN)
    const { path: first } = await scene.write('first.txt', 1_000)
    const { path: second } = await scene.write('second.txt', 1_000)
    // Li's upload is interrupted before anything left.
    const gate = scene.simulator.hold({ endpoint: 'files/upload_all' })
    const running = scene.start(['--json', 'upload', first, '--to', scene.to], { env: NO_ENV })
    await gate.reached
    running.child.kill('SIGKILL')
    await running.ended
    gate.abandon()
    const asHan = await scene.run(['--account', 'ou_han', 'upload', second, '--to', scene.to], {
      env: NO_ENV,
    })
    expect(asHan).toMatchObject({ exitCode: 0, summary: { done: 1 } })
    const resumed = await scene.run(['--account', 'ou_han', 'resume'], { env: NO_ENV })
    expect(resumed).toMatchObject({ exitCode: 0, summary: { done: 1, unfinished: 0 } })
    const stored = Object.fromEntries(
      scene.simulator.files().map(({ name, identity }) => [name, identity]),
    )
    expect(stored).toEqual({ 'first.txt': 'user:ou_li', 'second.txt': 'user:ou_han' })
  }, 200_000)

  it('whose account has signed out wait for it, and say so', async (test) => {
    const scene = await openAccountScene(test)
    await login(scene, LI)
    await login(scene, HAN)
    const { path } = await scene.write('a.txt', 1_000)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_all' })
    const running = scene.start(['--json', 'upload', path, '--to', scene.to], { env: NO_ENV })
    await gate.reached
    running.child.kill('SIGKILL')
    await running.ended
    gate.abandon()
    const signIns = scene.simulator.signIns.goodRefreshTokens
    const out = await scene.run(['logout', 'ou_li'], { env: NO_ENV })
    expect(out.lines.at(-1)).toMatchObject({ type: 'signed-out' })
    expect(scene.simulator.signIns.goodRefreshTokens).toBe(signIns - 1)
    const resumed = await scene.run(['resume'], { env: NO_ENV })
    expect(resumed.exitCode).toBe(3)
    expect(resumed.transferOf(path)?.error).toMatchObject({ code: 'signed-out' })
    expect(scene.simulator.files()).toEqual([])
    await login(scene, LI)
    expect(await scene.run(['resume'], { env: NO_ENV })).toMatchObject({ exitCode: 0 })
    expect(scene.simulator.files()).toMatchObject([{ identity: 'user:ou_li' }])
  }, 200_000)

  it('take over what another one left, from the first byte, once', async (test) => {
    const scene = await openScene(test, { alwaysInParts: true, blockSizeBytes: 64 * KiB })
    await addPerson(scene.home, scene.simulator, LI)
    await addPerson(scene.home, scene.simulator, HAN)
    const film = await scene.write('film.mov', 256 * KiB)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 2 })
    const running = scene.start(['upload', film.path, '--to', scene.to], { env: NO_ENV })
    await gate.reached
    running.child.kill('SIGKILL')
    await running.ended
    gate.abandon()
    await scene.run(['logout', 'ou_li'], { env: NO_ENV })
    const unknown = await scene.run(['resume', '--take-over', 'ou_x'], { env: NO_ENV })
    expect(unknown.exitCode).toBe(2)
    const taken = await scene.run(['resume', '--take-over', 'ou_li'], { env: NO_ENV })
    expect(taken).toMatchObject({ exitCode: 0, summary: { done: 1, unfinished: 0 } })
    await expectOnce(scene.simulator, scene.folderToken, film)
    expect(scene.simulator.files()).toMatchObject([{ identity: 'user:ou_han' }])
  }, 200_000)

  it('leave no secret in the home in the open, nor in what is said', async (test) => {
    const scene = await openAccountScene(test)
    const said = [await login(scene, LI)]
    const { path } = await scene.write('a.txt', 1_000)
    said.push(await scene.run(['upload', path, '--to', scene.to], { env: NO_ENV }))
    said.push(await scene.run(['accounts'], { env: NO_ENV }))
    const accounts = openAccounts(scene.home, keyFileBox(scene.home))
    const credentials = await accounts.credentials(accounts.inUse()?.identity ?? '')
    const tokens = credentials.kind === 'user' ? await credentials.vault.read() : undefined
    const all =
      everythingIn(scene.home) + said.map(({ stdout, stderr }) => stdout + stderr).join('')
    for (const secret of [DEFAULT_APP.secret, tokens?.accessToken, tokens?.refreshToken]) {
      expect(secret).toMatch(/.{8}/)
      expect(all).not.toContain(secret)
    }
  }, 200_000)
})
