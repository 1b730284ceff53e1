import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../watch/watch-kit.ts'

it('the archives of other Electron programs are files like any other', () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'resources.asar'))
  writeFileSync(join(folder, 'app.asar'), 'an archive')
  writeFileSync(join(folder, 'resources.asar', 'inside.txt'), 'in a folder of that name')
  const program = join(import.meta.dirname, 'child-electron-fs.ts')
  const { stdout, stderr } = spawnSync(process.execPath, [program, folder], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual({
    found: { 'app.asar': 'an archive', 'inside.txt': 'in a folder of that name' },
    given: 1,
    seen: 1,
  })
})
