import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { whyLeftOut } from '#main/watch/scan/why-left-out.ts'
import { aRule, openBench, tempFolder } from './watch-kit.ts'

it('aria2 is still downloading is taken when its control file is gone', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'film.mkv'), 'half of it')
  writeFileSync(join(folder, 'film.mkv.aria2'), 'which half')
  mkdirSync(join(folder, '专辑'))
  writeFileSync(join(folder, '专辑', '01.mp3'), 'half of it')
  writeFileSync(join(folder, '专辑.aria2'), 'which half')
  writeFileSync(join(folder, 'ready.txt'), 'x')
  const rule = aRule(folder)
  const { service, queue, reaches, settle } = openBench([rule])
  service.start()
  await reaches('watching')
  await queue.has('ready.txt')
  await settle()
  expect(queue.paths()).toEqual(['ready.txt'])
  const why = { kind: 'downloading' }
  expect(await whyLeftOut(join(folder, 'film.mkv'), rule)).toEqual(why)
  expect(await whyLeftOut(join(folder, '专辑', '01.mp3'), rule)).toEqual(why)

  rmSync(join(folder, 'film.mkv.aria2'))
  await queue.has('film.mkv')
  rmSync(join(folder, '专辑.aria2'))
  await queue.has('专辑/01.mp3')
})

it('a half download that was up before is neither sent nor taken for deleted', async () => {
  const folder = tempFolder()
  const file = join(folder, 'film.mkv')
  writeFileSync(file, 'all of it')
  const { queue, settle } = openBench([aRule(folder)])
  await settle()
  writeFileSync(`${file}.aria2`, 'once more')
  writeFileSync(file, 'a half')
  await settle()
  rmSync(`${file}.aria2`)
  writeFileSync(file, 'all of it, and newer')
  await settle()
  expect(queue.paths()).toEqual(['film.mkv', 'film.mkv'])
})
