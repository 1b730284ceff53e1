/** Real processes that renew the same person's token, and one that is killed while it does. */
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type SignedIn, signIn } from '#test/kit/feidi/signed-in.ts'
import type { Simulator } from '#test/simulator/simulator.ts'
import { killHard, nextMessage, startChild } from '../store/children.ts'

const SCRIPT = fileURLToPath(new URL('./child-refresher.ts', import.meta.url))
const HOUR_MS = 3_600_000

/** The stored access token ended long ago; the refresh token is good. */
async function signInLongAgo(): Promise<SignedIn> {
  const scene = await signIn({ clock: {} })
  const tokens = await scene.vault.read()
  if (tokens === undefined) throw new Error('nobody has signed in')
  await scene.vault.write({ ...tokens, askedAtMs: Date.now() - 3 * HOUR_MS })
  return scene
}

async function startRefresher({ home, simulator, identity }: SignedIn): Promise<ChildProcess> {
  const child = startChild(SCRIPT, { arguments: [home, simulator.baseUrl, identity] })
  await nextMessage(child)
  return child
}

async function use(child: ChildProcess): Promise<unknown> {
  const answer = nextMessage<{ code: unknown }>(child)
  child.send('use')
  return (await answer).code
}

/** Starts one and kills it where it is held. */
async function killAt(scene: SignedIn, where: Parameters<Simulator['hold']>[0]): Promise<void> {
  const killed = await startRefresher(scene)
  const gate = scene.simulator.hold(where)
  killed.send('use')
  await gate.reached
  await killHard(killed)
  gate.abandon()
}

const renewals = ({ simulator }: SignedIn) => simulator.callsTo('oauth/token').length - 1

describe('processes with the same account', () => {
  it('renew once between them when they start together, and nobody is signed out', async () => {
    const scene = await signInLongAgo()
    const children = await Promise.all([1, 2, 3].map(() => startRefresher(scene)))
    expect(await Promise.all(children.map(use))).toEqual(['ok', 'ok', 'ok'])
    expect(renewals(scene)).toBe(1)
    expect(scene.simulator.signIns.goodRefreshTokens).toBe(1)
  })

  it('wait for the one that renews, and take over what it got', async () => {
    const scene = await signInLongAgo()
    const [first, second] = await Promise.all([startRefresher(scene), startRefresher(scene)])
    const gate = scene.simulator.hold({ endpoint: 'oauth/token', when: 'after-commit' })
    const one = use(first)
    await gate.reached
    const two = use(second)
    gate.release()
    expect(await Promise.all([one, two])).toEqual(['ok', 'ok'])
    expect(renewals(scene)).toBe(1)
  })

  it('go on when one is killed between the answer and its use', async () => {
    const scene = await signInLongAgo()
    await killAt(scene, { endpoint: 'files/list' })
    expect(await use(await startRefresher(scene))).toBe('ok')
    expect(renewals(scene)).toBe(1)
  })

  it('go on when one is killed before its renewal took effect', async () => {
    const scene = await signInLongAgo()
    await killAt(scene, { endpoint: 'oauth/token' })
    expect(await use(await startRefresher(scene))).toBe('ok')
  })

  it('ask to sign in when one is killed with the only copy of the answer on its way', async () => {
    const scene = await signInLongAgo()
    await killAt(scene, { endpoint: 'oauth/token', when: 'after-commit' })
    expect(await use(await startRefresher(scene))).toBe(20073)
  })
})
