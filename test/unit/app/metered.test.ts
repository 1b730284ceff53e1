import { describe, expect, it } from 'vitest'
import { isMetered, type SystemQuestions } from '#main/app/metered/is-metered.ts'
import { Metered } from '#main/app/metered/metered.ts'

const gone = () => Promise.reject(Object.assign(new Error('no such program'), { code: 'ENOENT' }))
const late = () => Promise.reject(new Error('it took too long'))

const linux = (text: string) => ({ run: async () => text })
const windows = (text: string) => ({ platform: 'win32', powershell: async () => text }) as const

describe('a system that is asked whether the connection is metered', () => {
  it.each<[string, Partial<SystemQuestions>, boolean | undefined]>([
    ['Linux: yes', linux('u 1\n'), true],
    ['Linux: no', linux('u 2\n'), false],
    ['Linux: a hotspot, as a guess', linux('u 3\n'), true],
    ['Linux: probably not', linux('u 4\n'), false],
    ['Linux: not known', linux('u 0\n'), undefined],
    [
      'Linux: by the other program',
      { run: (program) => (program === 'gdbus' ? Promise.resolve('(<uint32 1>,)\n') : gone()) },
      true,
    ],
    ['Linux: neither program', { run: gone }, undefined],
    ['Linux: no answer', { run: late }, undefined],
    ['Linux: words', linux('Failed to get property'), undefined],
    ['Linux: without NetworkManager', { ...linux('u 1'), exists: () => false }, undefined],
    ['Windows: a limit', windows('Fixed False False'), true],
    ['Windows: by the amount', windows('Variable False False'), true],
    ['Windows: abroad', windows('Unrestricted True False'), true],
    ['Windows: as much as one likes', windows('Unrestricted False False'), false],
    ['Windows: not known', windows('Unknown False False'), undefined],
    ['Windows: no connection', windows(''), undefined],
    ['Windows: no answer', { platform: 'win32', powershell: late }, undefined],
    ['macOS, which tells no program like ours', { ...linux('u 1'), platform: 'darwin' }, undefined],
  ])('%s', async (_what, parts, expected) => {
    const system = { platform: 'linux', exists: () => true, run: gone, powershell: gone } as const
    expect(await isMetered({ ...system, ...parts })).toBe(expected)
  })
})

function aKeeper(wanted = true) {
  const paused: boolean[] = []
  const world = {
    network: 'wifi 10.0.0.7',
    metered: true as boolean | undefined,
    isWanted: wanted,
    asked: 0,
    nowMs: 0,
  }
  const keeper = new Metered({
    clock: { steadyMs: () => world.nowMs } as never,
    worker: {
      async pause(reason, rests) {
        expect(reason).toBe('metered')
        paused.push(rests)
      },
    },
    isWanted: () => world.isWanted,
    async ask() {
      world.asked += 1
      return world.metered
    },
    addresses: () => world.network,
  })
  return { keeper, paused, world }
}

describe('uploads', () => {
  it('rest while the connection is metered, and go on with another network at once', async () => {
    const { keeper, paused, world } = aKeeper()
    await keeper.look()
    expect(paused).toEqual([true])
    Object.assign(world, { network: 'eth0 192.168.1.4', metered: false, nowMs: 15_000 })
    await keeper.look()
    expect(paused).toEqual([true, false])
  })

  it('go on although it costs, if the person says so, until the network is another one', async () => {
    const { keeper, paused, world } = aKeeper()
    await keeper.look()
    await keeper.goOnAnyway()
    world.nowMs = 20 * 60_000
    await keeper.look()
    expect(paused).toEqual([true, false])
    world.network = 'usb0 172.20.10.2'
    await keeper.look()
    expect(paused).toEqual([true, false, true])
  })

  it('follow the setting, and only rest where the system tells', async () => {
    const { keeper, paused, world } = aKeeper(false)
    await keeper.look()
    expect(paused).toEqual([])
    expect(keeper.isKnown).toBe(true)
    world.isWanted = true
    await keeper.apply()
    expect(paused).toEqual([true])
    Object.assign(world, { metered: undefined, network: 'other' })
    await keeper.look()
    expect(paused).toEqual([true, false])
    expect(keeper.isKnown).toBe(false)
  })

  it('cost no question every few seconds', async () => {
    const { keeper, world } = aKeeper()
    for (let step = 0; step < 20; step += 1) {
      world.nowMs = step * 15_000
      await keeper.look()
    }
    expect(world.asked).toBe(1)
    world.nowMs = 10 * 60_000
    await keeper.look()
    expect(world.asked).toBe(2)
  })
})
