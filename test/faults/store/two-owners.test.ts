import { describe, expect, it } from 'vitest'
import { claimHome, homeOwner } from '#main/store/claim-home.ts'
import { errorThrownBy, makeTempFolder } from '#test/unit/store/store-kit.ts'
import { killHard, nextMessage, type Outcome, startChild } from './children.ts'

const me = { command: 'feidi upload', startedAtMs: 9, version: '1.0.0' }

async function startOwner(home: string) {
  const owner = startChild('./child-owner.ts', { arguments: [home, 'feidi watch'] })
  return { owner, outcome: await nextMessage<Outcome>(owner) }
}

describe('two processes and one home', () => {
  it('tells the second who the first is and how to reach it', async () => {
    const home = makeTempFolder()
    const { owner, outcome } = await startOwner(home)
    expect(outcome).toEqual({ wasUnclean: false })
    const error = errorThrownBy(() => claimHome(home, me))
    expect(error.code).toBe('home-in-use')
    for (const part of [`pid ${owner.pid}`, 'feidi watch', 'http://127.0.0.1:4321']) {
      expect(error.context.detail).toContain(part)
    }
    expect(homeOwner(home)).toMatchObject({ pid: owner.pid })
    const second = await startOwner(home)
    expect(second.outcome).toMatchObject({ code: 'home-in-use' })
  })

  it('lets the second in after the first has released', async () => {
    const home = makeTempFolder()
    const { owner } = await startOwner(home)
    const exited = new Promise((resolve) => owner.once('exit', resolve))
    owner.send('release')
    await exited
    const claim = claimHome(home, me)
    expect(claim.wasUnclean).toBe(false)
    claim.release()
  })

  it('lets the second in after the first was killed, and tells it to look twice', async () => {
    const home = makeTempFolder()
    const { owner } = await startOwner(home)
    await killHard(owner)
    expect(homeOwner(home)).toBeUndefined()
    const next = await startOwner(home)
    expect(next.outcome).toEqual({ wasUnclean: true })
  })

  it('lets exactly one of many in', async () => {
    const home = makeTempFolder()
    const started = await Promise.all(Array.from({ length: 4 }, () => startOwner(home)))
    const winners = started.filter(({ outcome }) => 'wasUnclean' in outcome)
    expect(winners).toHaveLength(1)
  })
})
