/** A permission that a person has not granted: granted once, and the file is in Feishu. */
import { expect, it } from 'vitest'
import { remedyFor } from '#shared/errors/remedy-for.ts'
import { PURPOSE_NAMES, scopesOf } from '#shared/permissions/scope-groups.ts'
import { addPerson, HAN, LI } from '#test/kit/feidi/signed-in.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import { furnish } from '#test/simulator/furnish.ts'
import type { SimulatorOptions } from '#test/simulator/simulator.ts'
import { openWebScene, type Page, type WebScene } from './web-scene.ts'

/** A person has signed in as usual, in front of a Feishu with a place of every kind. */
async function open(test: Parameters<typeof openWebScene>[0], options: SimulatorOptions = {}) {
  const scene = await openWebScene(test, {
    ...options,
    web: { credentials: undefined, signInPorts: [0] },
  })
  let identity = ''
  const page = await scene.restart(async () => {
    identity = await addPerson(scene.home, scene.simulator, LI)
  })
  return { scene, page, identity, links: await furnish(scene.simulator) }
}

/** Answers the sign-in page, as the person does. @returns the scopes that the page named */
async function grant(
  { simulator }: WebScene,
  page: Page,
  identity: string,
  missing: readonly string[],
) {
  const live = await page.follow()
  const { signIn } = await page.ask('accounts.grant', {
    identity,
    method: 'browser',
    missing: [...missing],
    purposes: [],
  })
  const link = signIn.url ?? ''
  await fetch(simulator.signIns.visit(link))
  await live.until(
    ({ accounts: { signIn: seen } }) => seen?.id === signIn.id && seen.stage === 'done',
  )
  return new URL(link).searchParams.get('scope')?.split(' ') ?? []
}

it('each kind of place is refused, granted in one go, and takes the file', async (test) => {
  const { scene, page, identity, links } = await open(test)
  const { simulator } = scene
  const live = await page.follow()
  const picture = await scene.write('chart.png', 3_000)
  const places = [links.documentLink, links.recordLink]
  for (const [at, text] of places.entries()) {
    const checked = await page.ask('destination.check', { text })
    if (checked.kind !== 'refused') throw new Error(`${text} is not refused`)
    expect(remedyFor(checked.error)).toBe('grant')
    await grant(scene, page, identity, checked.error.missingScopes ?? [])
    const allowed = await page.ask('destination.check', { text })
    expect(allowed, text).toMatchObject({ kind: 'ok', verified: true })
    await page.ask('queue.add', {
      paths: [picture.path],
      uploads: [],
      destination: text,
      again: false,
    })
    const { counts } = await live.until(
      ({ counts: { byState, byTab } }) => byState.done === at + 1 || byTab.attention > 0,
    )
    // The permissions for changing a record are known when the file is up.
    expect(counts.byTab.attention, text).toBe(text === links.recordLink ? 1 : 0)
    if (counts.byTab.attention === 0) continue
    const blocked = (await page.rows()).flatMap(({ state }) =>
      state.kind === 'blocked' ? [state.error] : [],
    )
    await grant(scene, page, identity, blocked[0]?.missingScopes ?? [])
    await live.until(({ counts: { byState } }) => byState.done === at + 1)
  }
  // The next sign-in loses no permission.
  const { granted } = await page.ask('accounts.permissions', { identity })
  const all = scopesOf(['folder', 'document', 'base', 'record'])
  expect(granted).toEqual(expect.arrayContaining(['offline_access', ...all]))
  expect(simulator.files().filter(({ name }) => name === 'chart.png')).toHaveLength(2)
}, 60_000)

it('a blocked file goes up by itself once the permission is granted', async (test) => {
  const { scene, page, identity } = await open(test)
  const live = await page.follow()
  const file = await scene.write('notes.md', 500)
  await page.ask('queue.add', {
    paths: [file.path],
    uploads: [],
    destination: scene.to,
    again: false,
    handling: { shareWith: 'ou_1' },
  })
  await live.until(({ counts }) => counts.byTab.attention === 1)
  const [row] = await page.rows()
  const error = row !== undefined && 'error' in row.state ? row.state.error : undefined
  expect(error && remedyFor(error)).toBe('grant')
  await grant(scene, page, identity, error?.missingScopes ?? [])
  await live.until(({ counts }) => counts.byState.done === 1)
  const token = await expectOnce(scene.simulator, scene.folderToken, file)
  expect(scene.simulator.members(token)).toMatchObject([{ memberId: 'ou_1' }])
}, 60_000)

it('grants nothing to anyone but the person who was asked, and keeps both if that is wanted', async (test) => {
  const { scene, page, identity } = await open(test)
  const { signIns } = scene.simulator
  const live = await page.follow()
  const before = await page.ask('accounts.permissions', { identity })
  const cameAs = async (person: typeof LI) => {
    const { signIn } = await page.ask('accounts.grant', {
      identity,
      method: 'browser',
      missing: [],
      purposes: ['share'],
    })
    signIns.person = person
    await fetch(signIns.visit(signIn.url ?? ''))
    const { accounts } = await live.until(
      ({ accounts: { signIn: seen } }) => seen?.id === signIn.id && seen.stage !== 'waiting',
    )
    return accounts.signIn
  }
  const stage = { stage: 'other-person', name: HAN.name, expected: LI.name }
  expect(await cameAs(HAN)).toMatchObject({ ...stage, canKeep: true, url: null })
  expect((await page.ask('accounts.list', {})).accounts).toMatchObject([{ identity }])
  expect(await page.ask('accounts.permissions', { identity })).toEqual(before)
  // Going back ends the sign-in of the other person in Feishu as well.
  const held = signIns.goodRefreshTokens
  await page.ask('accounts.cancel-sign-in', {})
  expect(signIns.goodRefreshTokens).toBe(held - 1)
  const again = await cameAs(HAN)
  await page.ask('accounts.keep-signed-in', { id: again?.id ?? '' })
  const { accounts } = await page.ask('accounts.list', {})
  expect(accounts.map(({ name }) => name)).toEqual([LI.name, HAN.name])
  expect(await page.ask('accounts.permissions', { identity })).toEqual(before)
  // By now an account here, which a sign-in for another one leaves alone.
  const known = await cameAs(HAN)
  expect(known).toMatchObject({ ...stage, canKeep: false })
  const kept = page.ask('accounts.keep-signed-in', { id: known?.id ?? '' })
  await expect(kept).rejects.toThrow(/sign-in-expired/)
  expect(await cameAs(LI)).toMatchObject({ stage: 'done', name: LI.name })
}, 60_000)

it('asks for what the app has in place of what it lacks', async (test) => {
  const { scene, page, identity, links } = await open(test)
  const ofApp = [...scopesOf(['folder']), 'offline_access', 'docs:document.media:upload']
  const narrow = ['docx:document:readonly', 'docx:document:write_only']
  scene.simulator.registerApp('cli_demo', 'demo-secret', { scopes: [...ofApp, ...narrow] })
  const refused = await page.ask('destination.check', { text: links.documentLink })
  if (refused.kind !== 'refused') throw new Error('the document is not refused')
  // Feishu's page would refuse the whole sign-in (20027) for `docx:document`.
  const asked = await grant(scene, page, identity, refused.error.missingScopes ?? [])
  expect(asked).toEqual(expect.arrayContaining(narrow))
  expect(asked).not.toContain('docx:document')
}, 60_000)

it('tells what an app may do, and nothing where Feishu does not say', async (test) => {
  const scene = await openWebScene(test)
  const page = await scene.signIn()
  const [app] = (await page.ask('accounts.list', {})).accounts
  const identity = app?.identity ?? ''
  const { ofApp } = await page.ask('accounts.permissions', { identity })
  expect(ofApp).toEqual(expect.arrayContaining(scopesOf(PURPOSE_NAMES)))
  scene.simulator.faults.add({
    endpoint: 'application/scopes',
    do: { kind: 'answer', status: 400, code: 99991672 },
  })
  const unknown = await page.ask('accounts.permissions', { identity })
  expect(unknown).toEqual({ granted: null, ofApp: null })
})
