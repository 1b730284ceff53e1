import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { HomeKeeper } from '#main/app/home-keeper.ts'
import { openHome } from '#main/app/open-engine.ts'
import { makeTempFolder } from '#test/unit/store/store-kit.ts'

it('goes on when a full disk takes no note of the home, and notes it when there is room', (test) => {
  const root = makeTempFolder()
  const opened = openHome(
    { home: join(root, 'home'), command: 'feidi test', version: '0' },
    { machine: 'here', stateFolder: join(root, 'state') },
  )
  test.onTestFinished(() => opened.close())
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  test.onTestFinished(() => void vi.useRealTimers())
  const { standing, stores } = opened
  const before = standing.facts.generation
  const remember = vi.spyOn(stores.memos, 'remember').mockImplementationOnce(() => {
    throw new Error('database or disk is full')
  })
  const keeper = new HomeKeeper(join(root, 'home'), standing)
  stores.quota.countCall('app', 'e', 'day', 0)
  expect(() => vi.advanceTimersByTime(1_000)).not.toThrow()
  expect(remember).toHaveBeenCalledOnce()
  expect(standing.facts.generation).toBe(before)
  vi.advanceTimersByTime(1_000)
  expect(standing.facts.generation).toBe(before + 1)
  keeper.close()
})
