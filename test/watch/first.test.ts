import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { aRule, openBench, tempFolder } from './watch-kit.ts'

it('takes what is there and what comes, once', async () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'sub/deep'), { recursive: true })
  writeFileSync(join(folder, 'a.txt'), 'a')
  writeFileSync(join(folder, 'sub/b.txt'), 'b')
  writeFileSync(join(folder, 'sub/~$b.docx'), 'lock')
  const { service, queue, reaches, settle } = openBench([aRule(folder)])
  service.start()
  await queue.has('a.txt', 'sub/b.txt')
  await reaches('watching')
  writeFileSync(join(folder, 'sub/deep/c.txt'), 'c')
  await queue.has('sub/deep/c.txt')
  mkdirSync(join(folder, 'new/er'), { recursive: true })
  writeFileSync(join(folder, 'new/er/d.txt'), 'd')
  await queue.has('new/er/d.txt')
  writeFileSync(join(folder, 'a.txt'), 'a2')
  await queue.until((taken) => taken.some(({ content }) => content === 'a2'))
  renameSync(join(folder, 'sub'), join(folder, 'moved'))
  await settle()
  expect(queue.paths()).toEqual(['a.txt', 'a.txt', 'new/er/d.txt', 'sub/b.txt', 'sub/deep/c.txt'])
  rmSync(join(folder, 'moved'), { recursive: true })
  await settle()
  expect(queue.taken).toHaveLength(5)
})
