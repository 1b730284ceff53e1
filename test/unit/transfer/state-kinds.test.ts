import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { STATE_KINDS } from '#shared/transfer/state-kinds.ts'

const ROOT = join(import.meta.dirname, '../../..')
const EXCEPT = [
  'shared/transfer/state-kinds.ts',
  // SQL that stays as it is once it was released.
  'main/store/schema.ts',
  // The stages of a sign-in.
  'shared/contract/account-channels.ts',
]

it('lists of states have a name, and stand in one file', () => {
  const files = ['main', 'renderer', 'shared'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name).replaceAll('\\', '/'),
    ),
  )
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !EXCEPT.includes(file))
  expect(sources.length).toBeGreaterThan(400)
  const kind = `'(?:${STATE_KINDS.join('|')})'`
  const list = new RegExp(`[[(]\\s*${kind}(?:,\\s*${kind})+,?\\s*[\\])]`, 'g')
  const found = sources.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(list)].map(([text]) => `${file}: ${text}`),
  )
  expect(found).toEqual([])
})
