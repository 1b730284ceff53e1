import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mountOf, parseMountInfo } from '#main/lib/mounts.ts'
import { checkRule } from '#main/watch/check-rule.ts'
import { aRule, tempFolder } from './watch-kit.ts'

async function codes(folder: string, others: string[] = [], home = tempFolder()) {
  const rules = others.map((other, index) => aRule(other, { id: `other-${index}` }))
  const problems = await checkRule(aRule(folder), [aRule(folder), ...rules], home)
  return problems.map(({ code }) => code)
}

describe('a rule', () => {
  it('is fine on a folder of its own', async () => {
    expect(await codes(tempFolder(), [tempFolder()])).toEqual([])
  })

  it('needs a folder', async () => {
    const file = join(tempFolder(), 'file')
    expect(await codes(file)).toEqual(['rule-folder-missing'])
    writeFileSync(file, 'x')
    expect(await codes(file)).toEqual(['rule-folder-is-file'])
    expect(await codes('/')).toEqual(['rule-folder-is-disk'])
  })

  it('does not go with the home in it, or in the home', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'a/b'), { recursive: true })
    expect(await codes(folder, [], join(folder, 'a'))).toEqual(['rule-folder-holds-home'])
    expect(await codes(join(folder, 'a/b'), [], join(folder, 'a'))).toEqual([
      'rule-folder-holds-home',
    ])
  })

  it('does not go with another on the same files, by whatever name', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'a'))
    mkdirSync(join(folder, 'ab'))
    symlinkSync('a', join(folder, 'link'))
    expect(await codes(join(folder, 'link'), [join(folder, 'a')])).toEqual(['rule-exists'])
    expect(await codes(folder, [join(folder, 'a')])).toEqual(['rule-overlaps'])
    expect(await codes(join(folder, 'ab'), [join(folder, 'a')])).toEqual([])
  })
})

describe('mounts', () => {
  const mounts = parseMountInfo(
    [
      '21 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
      '40 21 0:35 / /mnt/nas\\040one rw,relatime shared:1 - nfs4 server:/x rw',
      '41 21 0:36 / /mnt/nas rw,relatime shared:1 master:2 - cifs //server/x rw',
      '',
    ].join('\n'),
  )

  it.each([
    ['/home/li', 'ext4'],
    ['/mnt/nas/deep/er', 'cifs'],
    ['/mnt/nas one', 'nfs4'],
    ['/mnt/nasty', 'ext4'],
  ])('%s is on %s', (path, type) => {
    expect(mountOf(path, mounts)?.type).toBe(type)
  })
})
