import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keyFileBox } from '#main/store/secret-box.ts'
import { makeTempFolder } from '#test/unit/store/store-kit.ts'
import { nextMessage, startChild } from './children.ts'

it('processes that need the first key of a home at once all use the same one', async () => {
  for (let round = 0; round < 8; round++) {
    const home = makeTempFolder()
    const sealers = [0, 1].map(() => startChild('./child-sealer.ts', { arguments: [home] }))
    await Promise.all(sealers.map((sealer) => nextMessage(sealer)))
    const sealed = sealers.map((sealer) => nextMessage<string>(sealer))
    for (const sealer of sealers) sealer.send(Date.now() + 100)
    for (const each of await Promise.all(sealed)) {
      expect(await keyFileBox(home).open(each), `round ${round}`).toBe('secret')
    }
  }
})

it('a key file that a power cut has left empty is made anew: nothing can be sealed with it', async () => {
  const home = makeTempFolder()
  writeFileSync(join(home, 'secret.key'), '')
  const sealed = await keyFileBox(home).seal('secret')
  expect(await keyFileBox(home).open(sealed)).toBe('secret')
})
