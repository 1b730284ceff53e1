/** Watched folders of several accounts, on the command line. */
import { describe, expect, it } from 'vitest'
import type { FeidiResult } from '#test/support/feidi/feidi-process.ts'
import { openScene } from '#test/support/feidi/scene.ts'
import { addPerson, HAN, LI } from '#test/support/feidi/signed-in.ts'

/** No credentials but those of the home. */
const env = { FEIDI_APP_ID: '', FEIDI_APP_SECRET: '' }

function accountIn(result: FeidiResult): unknown {
  return result.lines.find(({ type }) => type === 'rule')?.['account']
}

describe('a rule', () => {
  it('belongs to the account that is named, and changes hands only when one is', async (test) => {
    const scene = await openScene(test)
    const li = await addPerson(scene.home, scene.simulator, LI)
    const han = await addPerson(scene.home, scene.simulator, HAN)
    const add = ['rules', 'add', scene.folder, '--to', scene.to]
    const accountOf = async (...args: string[]) =>
      accountIn(await scene.run([...args, ...add], { env }))
    expect(await accountOf()).toBe(li)
    expect(await accountOf('--account', 'ou_han')).toBe(han)
    // The one in use is another; nobody has said that the rule should be theirs.
    expect(await accountOf()).toBe(han)
    const listed = await scene.start(['rules'], { env }).ended
    expect(listed.stdout).toContain(`--account ${han}`)
    await scene.run(['logout', 'ou_han'], { env })
    const orphaned = await scene.start(['rules'], { env }).ended
    expect(orphaned.stdout).toMatch(/ou_han[\s\S]*signed out/)
  }, 200_000)
})
