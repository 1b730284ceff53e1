import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { aRule, openBench, tempFolder } from './watch-kit.ts'

async function openHeld(folder: string) {
  const rule = aRule(folder)
  const bench = openBench([rule])
  bench.queue.holds = true
  bench.service.start()
  await bench.reaches('watching')
  const standings = () => bench.stores.files.counts(rule.folder, rule.destination)
  return { ...bench, standings }
}

it('a file renamed before its turn is queued under its new name, and no failure is left', async () => {
  const folder = tempFolder()
  mkdirSync(join(folder, '项目A'))
  writeFileSync(join(folder, '项目A', 'huge.bin'), 'huge')
  const { queue, standings } = await openHeld(folder)
  await queue.has('项目A/huge.bin')
  await expect.poll(standings).toMatchObject({ queued: 1 })
  renameSync(join(folder, '项目A'), join(folder, '项目B'))
  queue.end('t1', { kind: 'unknown' })
  await queue.has('项目B/huge.bin')
  await expect.poll(standings).toMatchObject({ failed: 0, queued: 1 })
})

it('a file that is back before the engine has said that it was gone is queued again', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'a.txt'), 'a')
  const { queue, service, standings } = await openHeld(folder)
  await queue.has('a.txt')
  await expect.poll(standings).toMatchObject({ queued: 1 })
  queue.forget('t1')
  service.transferWithdrawn('t1')
  await queue.until((taken) => taken.length === 2)
  expect(queue.paths()).toEqual(['a.txt', 'a.txt'])
})
