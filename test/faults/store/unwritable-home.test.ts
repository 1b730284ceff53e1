import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeTempFolder, openTempStores } from '#test/unit/store/store-kit.ts'
import { nextMessage, startChild } from './children.ts'

// Root may write anywhere, so a user who may not makes the attempt.
const asNobody = process.getuid?.() === 0

async function attempt(what: 'claim' | 'open' | 'read', home: string): Promise<unknown> {
  const child = startChild('./child-opener.ts', { arguments: [what, home], asNobody })
  return nextMessage(child)
}

describe.skipIf(process.platform === 'win32')('a home one may not write to', () => {
  it('is refused when it is empty', async () => {
    const home = makeTempFolder()
    chmodSync(home, 0o555)
    for (const what of ['claim', 'open'] as const) {
      expect(await attempt(what, home)).toMatchObject({
        code: 'home-unwritable',
        detail: expect.stringContaining(home),
      })
    }
  })

  it('is refused when it can not even be made', async () => {
    const parent = makeTempFolder()
    chmodSync(parent, 0o555)
    expect(await attempt('claim', join(parent, 'home'))).toMatchObject({ code: 'home-unwritable' })
  })

  it('is refused when it can not be entered', async () => {
    const parent = makeTempFolder()
    const home = join(parent, 'home')
    mkdirSync(home)
    chmodSync(home, asNobody ? 0o700 : 0o000)
    chmodSync(parent, 0o755)
    for (const what of ['claim', 'open', 'read'] as const) {
      expect(await attempt(what, home)).toMatchObject({ code: 'home-unwritable' })
    }
    chmodSync(home, 0o700)
  })

  it('is refused with a queue in it', async () => {
    const home = makeTempFolder()
    openTempStores(home).close()
    chmodSync(join(home, 'feidi.db'), 0o444)
    chmodSync(home, 0o555)
    expect(await attempt('claim', home)).toMatchObject({ code: 'home-unwritable' })
    expect(await attempt('open', home)).toMatchObject({ code: 'home-unwritable' })
    chmodSync(home, 0o755)
  })
})
