/** Watched folders of several accounts, on the command line. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import type { FeidiResult } from '#test/kit/feidi/feidi-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import { addPerson, HAN, LI } from '#test/kit/feidi/signed-in.ts'

const WEI = { openId: 'ou_wei', name: '魏', enName: 'Wei', tenantKey: 't1' }

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
    // Another account is in use, but no one has given it the rule.
    expect(await accountOf()).toBe(han)
    const listed = await scene.start(['rules'], { env }).ended
    expect(listed.stdout).toContain(`--account ${han}`)
    await scene.run(['logout', 'ou_han'], { env })
    const orphaned = await scene.start(['rules'], { env }).ended
    expect(orphaned.stdout).toMatch(/ou_han[\s\S]*signed out/)
  }, 200_000)
})

describe('a watch that runs', () => {
  it('takes over a rule for somebody who had no work, and for who signs in meanwhile', async (test) => {
    const scene = await openScene(test)
    await addPerson(scene.home, scene.simulator, LI)
    await addPerson(scene.home, scene.simulator, HAN)
    const first = await scene.write('of-li/first.txt', 1_000)
    const folders = [join(scene.folder, 'of-li'), join(scene.folder, 'of-han')] as const
    const add = async (folder: string, account: string) => {
      const args = ['--account', account, 'rules', 'add', folder, '--to', scene.to]
      expect(await scene.run([...args, '--settle', '0.2s'], { env })).toMatchObject({ exitCode: 0 })
    }
    await add(folders[0], 'ou_li')
    const watch = scene.start(['--json', 'watch'], { env })
    const settled = (path: string, state: string) =>
      watch.line((line) => line['path'] === path && line['state'] === state)
    await settled(first.path, 'done')

    const second = await scene.write('of-han/second.txt', 1_000)
    await add(folders[1], 'ou_han')
    await settled(second.path, 'done')

    await mkdir(join(scene.folder, 'of-wei'))
    const wei = await addPerson(scene.home, scene.simulator, WEI)
    await add(join(scene.folder, 'of-wei'), 'ou_wei')
    openAccounts(scene.home, keyFileBox(scene.home)).remove(wei)
    const third = await scene.write('of-wei/third.txt', 1_000)
    expect((await settled(third.path, 'blocked'))['error']).toMatchObject({ code: 'signed-out' })
    await addPerson(scene.home, scene.simulator, WEI)
    await settled(third.path, 'done')

    const owners = scene.simulator.files().map(({ name, identity }) => [name, identity])
    expect(Object.fromEntries(owners)).toEqual({
      'first.txt': 'user:ou_li',
      'second.txt': 'user:ou_han',
      'third.txt': 'user:ou_wei',
    })
    watch.signal('SIGINT')
    expect((await watch.ended).summary).toEqual({ done: 3, failed: 0, skipped: 0, unfinished: 0 })
  }, 200_000)
})
