import { expect, vi } from 'vitest'
import { randomNumbers } from '#test/kit/feidi/random-bytes.ts'
import type { History } from './acts.ts'
import { HistoryWorld, SETTLE_MS } from './world.ts'

/** The counts of a history. */
export interface Outcome {
  readonly up: number
  readonly kills: number
  readonly versions: number
  readonly files: number
}

/** Lives through a history, and demands that Feishu has what is on the disk in the end. */
export async function live({ steps, options }: History): Promise<Outcome> {
  return inWorld(options, async (world) => {
    for (const { act, thenMs } of steps) {
      await world.act(act)
      await world.pass(thenMs)
    }
    await world.calmDown()
    await world.comeToRest()
    await expectIdle(world)
    expectNothingLost(world)
    expectNothingTorn(world)
    expectNothingTwice(world)
    const { kills, ledger } = world
    const up = world.remote().length
    return { kills, versions: ledger.births.size, files: world.files().size, up }
  })
}

/** Goes through with something in a world of its own, whose time is the process's time meanwhile. */
export async function inWorld<T>(
  options: History['options'],
  work: (world: HistoryWorld) => Promise<T>,
): Promise<T> {
  const world = new HistoryWorld(options)
  const { clock } = world
  const steady = vi.spyOn(performance, 'now').mockImplementation(() => clock.steadyMs())
  const jitter = vi.spyOn(Math, 'random').mockImplementation(randomNumbers(1))
  try {
    world.start()
    return await work(world)
  } finally {
    await world.close()
    steady.mockRestore()
    jitter.mockRestore()
  }
}

/** Every content that is here is there. A rule that ignores changes leaves out what came after a version that is there. */
export function expectNothingLost(world: HistoryWorld): void {
  const up = new Set(world.remote())
  const isIgnored = (path: string) =>
    world.rule.onChange === 'ignore' && world.ledger.contentsAt(path).some((one) => up.has(one))
  const lost = [...world.files()].filter(([path, content]) => !up.has(content) && !isIgnored(path))
  expect(lost.map(named), 'lost').toEqual([])
}

/** Checks that every remote file was once here, whole and at rest. */
export function expectNothingTorn(world: HistoryWorld): void {
  const { ledger, clock } = world
  const rested = (content: string) => ledger.restedMs(content, clock.nowMs())
  const torn = world.remote().filter((content) => rested(content) < 0)
  expect(torn.map(short), 'torn').toEqual([])
  const hasty = world.remote().filter((content) => rested(content) < SETTLE_MS)
  expect(hasty.map(short), 'sent before it was at rest').toEqual([])
}

/** Checks that no content is there more often than it came to be here. */
export function expectNothingTwice(world: HistoryWorld): void {
  const counts = Map.groupBy(world.remote(), (content) => content)
  const twice = [...counts].filter(
    ([content, all]) => all.length > (world.ledger.births.get(content) ?? 0),
  )
  expect(
    twice.map(([content, all]) => `${all.length} x ${short(content)}`),
    'twice',
  ).toEqual([])
}

/** A new start, and another look at everything, send nothing but what had failed before. */
async function expectIdle(world: HistoryWorld): Promise<void> {
  const hadFailed = world.life.hasFailed
  let before = world.remote().length
  await world.restart()
  await world.comeToRest()
  if (hadFailed) {
    before = world.remote().length
    await world.comeToRest()
  }
  expect(world.remote().length - before, 'uploads of an idle cycle').toBe(0)
}

function named([path, content]: [string, string]): string {
  return `${path}: ${short(content)}`
}

/** Contents repeat one line, so where another begins they are torn. */
function short(content: string): string {
  const lines = content.match(/.{1,8}/gs) ?? []
  const different = new Set(lines.map((line) => line.trim()))
  return `${[...different].join(' ')} (${content.length})`
}
