import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../watch/watch-kit.ts'

it('no package of ours sends a signal to stop a second time', () => {
  const env = { ...process.env, FEIDI_HOME: join(tempFolder(), 'home') }
  const program = join(import.meta.dirname, 'child-main.ts')
  const { stdout, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual([0, 0, 0])
})
