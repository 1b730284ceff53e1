/** Records that are written together: lost answers, kills, refusals, and files that leave their batch. */
import { describe, expect, it, type TestContext } from 'vitest'
import type { Engine } from '#main/engine/engine.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { type FastClock, fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { openScene, type SceneOptions } from '#test/kit/feidi/scene.ts'
import type { NewBase } from '#test/simulator/bases.ts'
import type { FaultAction } from '#test/simulator/faults.ts'
import { LOST_ANSWERS } from './lost-answers.ts'
import { PLACES, SMALL_BLOCKS } from './places.ts'

const HOUR_MS = 60 * 60 * 1000
const FILES = 6
const ONE = 'bitable/create_record'
const MANY = 'bitable/batch_create'
const FATES = {
  'is lost': { when: 'before-commit', end: 'abandon' },
  'takes effect later': { when: 'before-commit', end: 'release' },
  'took effect': { when: 'after-commit', end: 'release' },
} as const

/** A table, files for it, and ways to bring them there; `gather` sees to it that they go together. */
async function openTable(
  test: TestContext,
  options: SceneOptions = {},
  { speed, ...rules }: NewBase & { speed?: number } = {},
) {
  const scene = await openScene(test, { ...SMALL_BLOCKS, rate: 'off', ...options })
  const { simulator, home } = scene
  const opened = await PLACES['new records of a Base'].open(simulator)
  const [base = expect.fail('there is no Base')] = simulator.bases
  Object.assign(base.rules, rules)
  const files = await Promise.all(
    Array.from({ length: FILES }, (_, index) => scene.write(`${index}.png`, 300 + index)),
  )
  const paths = files.map(({ path }) => path)
  const { uploaded, to } = opened
  /** The first record is kept waiting until everything is up. */
  const gather = async () => {
    const gate = simulator.hold({ endpoint: ONE })
    await gate.reached
    await simulator.waitForCall(() => uploaded().length === FILES)
    gate.release()
  }
  let clock: FastClock | undefined
  const bring = async (onStart: (engine: Engine, stores: Stores) => void = () => {}) => {
    clock ??= fastClock(simulator, speed)
    let seen: Stores | undefined
    const result = await work({
      ...{ baseUrl: simulator.baseUrl, home, paths, to, clock, longestWaitMs: 60_000 },
      replace: (surroundings) => {
        seen = surroundings.stores
        return surroundings
      },
      onEngine: (engine) => seen && onStart(engine, seen),
    })
    return result.transfers.map(({ state }) => state.kind)
  }
  const names = () =>
    simulator.records(base.token, base.tableId).map(({ fields }) => String(fields['文本']))
  return { ...opened, scene, simulator, base, files, paths, gather, bring, names, advance }

  function advance(ms: number) {
    clock?.advance(ms)
  }
}

const ALL_DONE = Array(FILES).fill('done')

const TROUBLE: Readonly<Record<string, FaultAction>> = {
  ...LOST_ANSWERS,
  'came while another wrote': { kind: 'answer', status: 200, code: 1254291 },
}

describe.concurrent('a batch that', () => {
  it.for(Object.keys(TROUBLE))('%s: every file has one record', async (what, test) => {
    const table = await openTable(test)
    const { simulator, gather, bring, files, expectShownOnce, uploaded } = table
    simulator.faults.add({ endpoint: MANY, do: TROUBLE[what] as FaultAction })
    const [states] = await Promise.all([bring(), gather()])
    expect(states).toEqual(ALL_DONE)
    expect(simulator.faults.pending).toEqual([])
    await expectShownOnce(files)
    expect(uploaded()).toHaveLength(FILES)
    expect(simulator.callsTo(ONE).length + simulator.callsTo(MANY).length).toBeLessThan(FILES)
  })

  it.for(['same-record', 'refused'] as const)(
    'took effect, and is found where replicas lag and a repetition is answered as: %s',
    async (secondWrite, test) => {
      const { bring, gather, simulator, ...table } = await openTable(test, {}, { secondWrite })
      table.base.rules.lagMs = 3_000
      simulator.faults.add({ endpoint: MANY, times: 2, do: { kind: 'lose-answer' } })
      await Promise.all([bring(), gather()])
      expect(await bring()).toEqual(ALL_DONE)
      await table.expectShownOnce(table.files)
    },
  )

  it('took effect is looked for a day later, when its token is forgotten', async (test) => {
    const table = await openTable(test, { clientTokenLifeMs: HOUR_MS })
    const { simulator, gather, bring, files, expectShownOnce, uploaded, advance } = table
    simulator.faults.add({ endpoint: MANY, do: { kind: 'lose-answer' } })
    const end = simulator.on('committed', ({ endpoint }) => {
      if (endpoint !== MANY) return
      end()
      const down = { kind: 'html', status: 503 } as const
      simulator.faults.add({ endpoint: '*', times: 'always', do: down })
    })
    await Promise.all([bring(), gather()])
    simulator.faults.clear()
    advance(24 * HOUR_MS)
    expect(await bring()).toEqual(ALL_DONE)
    await expectShownOnce(files)
    expect(uploaded()).toHaveLength(FILES)
  })

  it('took effect, and is refused when it is repeated, is not made again', async (test) => {
    // Not too fast: it must come to the refusal within the lag.
    const table = await openTable(test, {}, { speed: 10 })
    const { simulator, gather, bring, files, expectShownOnce } = table
    // The lists know of it only after the refusal.
    table.base.rules.lagMs = 3_000
    simulator.faults.add({ endpoint: MANY, do: { kind: 'lose-answer' } })
    const refusal = { kind: 'answer', status: 200, code: 1254103 } as const
    simulator.faults.add({ endpoint: MANY, times: 'always', do: refusal })
    const [states] = await Promise.all([bring(), gather()])
    expect(states).toEqual(ALL_DONE)
    await expectShownOnce(files)
  })
})

describe.concurrent('killed while a batch', () => {
  it.for(Object.keys(FATES) as (keyof typeof FATES)[])(
    '%s: every file has one record, and nothing goes up again',
    async (fate, test) => {
      const table = await openTable(test)
      const { scene, simulator, gather, files, paths, to, expectShownOnce, uploaded } = table
      const { when, end } = FATES[fate]
      const args = ['upload', ...paths, '--to', to]
      const gate = simulator.hold({ endpoint: MANY, when })
      const feidi = scene.start(['--json', ...args])
      await Promise.race([
        Promise.all([gather(), gate.reached]),
        feidi.ended.then(({ stdout }) => expect.fail(stdout)),
      ])
      feidi.signal('SIGKILL')
      expect((await feidi.ended).signal).toBe('SIGKILL')
      gate[end]()
      const run = await scene.run(args)
      expect(run.summary, run.stdout).toMatchObject({ failed: 0, unfinished: 0 })
      await expectShownOnce(files)
      expect(uploaded()).toHaveLength(FILES)
    },
  )
})

describe.concurrent('a batch with a record that Feishu does not take', () => {
  it('is refused as a whole: the rest arrives one by one, the file goes up anew', async (test) => {
    const table = await openTable(test)
    const { simulator, gather, bring, files, expectShownOnce, uploaded } = table
    const bad: string[] = []
    const end = simulator.on('arrived', ({ endpoint }) => {
      if (endpoint !== MANY) return
      end()
      // The last uploaded file is in the batch; the first record's file is not.
      bad.push(...uploaded().slice(-1))
      for (const token of bad) simulator.forgetMedia(token)
    })
    const [states] = await Promise.all([bring(), gather()])
    expect(bad).toHaveLength(1)
    expect(states).toEqual(ALL_DONE)
    await expectShownOnce(files)
    const codes = [ONE, MANY].flatMap((each) => simulator.callsTo(each)).map(({ code }) => code)
    expect(codes.filter((code) => code !== 0)).toEqual([1254303, 1254303])
    expect(uploaded()).toHaveLength(FILES)
  })

  it('and there is no room for all: as many arrive as there is room for', async (test) => {
    const table = await openTable(test)
    const { simulator, gather, bring, base, names } = table
    const [room] = base.tables.values()
    Object.assign(room ?? {}, { maxRecords: FILES - 2 })
    const [states] = await Promise.all([bring(), gather()])
    expect(states.filter((state) => state === 'done')).toHaveLength(FILES - 2)
    expect(states.filter((state) => state === 'blocked')).toHaveLength(2)
    expect(new Set(names()).size).toBe(FILES - 2)
    Object.assign(room ?? {}, { maxRecords: 100 })
    expect(await bring()).toEqual(ALL_DONE)
    await table.expectShownOnce(table.files)
    expect(simulator.callsTo(MANY).length).toBeGreaterThan(0)
  })

  it('for want of a permission is not tried one by one', async (test) => {
    const { simulator, gather, bring, ...table } = await openTable(test)
    const refusal = { kind: 'answer', status: 403, code: 1254302 } as const
    simulator.faults.add({ endpoint: MANY, do: refusal })
    const [states] = await Promise.all([bring(), gather()])
    expect(states).toContain('blocked')
    expect(simulator.callsTo(MANY)).toHaveLength(1)
    expect(simulator.callsTo(ONE)).toHaveLength(1)
    expect(await bring()).toEqual(ALL_DONE)
    await table.expectShownOnce(table.files)
  })
})

describe.concurrent('a file that is cancelled while its batch is under way', () => {
  it.for(['the first of it', 'the last of it'] as const)(
    '%s: the batch is repeated as it was, the others have one record each',
    async (which, test) => {
      const { simulator, gather, bring, names, files } = await openTable(test)
      const gate = simulator.hold({ endpoint: MANY, when: 'after-commit' })
      let cancelled = ''
      let cancel = async () => {}
      const run = bring((engine, { transfers, controls }) => {
        cancel = async () => {
          const waiting = transfers
            .list({ kinds: ['attaching'] }, { offset: 0, limit: FILES })
            .map(({ id, fileName }) => ({
              id,
              fileName,
              place: transfers.pendingAttach(id)?.place,
            }))
            .filter(({ place }) => place?.kind === 'new-record' && place.batch !== undefined)
          const picked = which === 'the first of it' ? waiting[0] : waiting.at(-1)
          const { id, fileName } = picked ?? expect.fail('nothing is in a batch')
          cancelled = fileName
          controls.moveStates([id], 0, () => ({ kind: 'cancelled' }))
          await engine.halt([id])
          controls.forgetCancelled([id])
        }
      })
      await Promise.all([gather(), gate.reached])
      await cancel()
      gate.release()
      const states = await run
      expect(states.filter((state) => state === 'cancelled')).toHaveLength(1)
      expect(states.filter((state) => state === 'done')).toHaveLength(FILES - 1)
      const sorted = names().sort()
      const others = files.map(({ name }) => name).filter((name) => name !== cancelled)
      expect(sorted.filter((name) => name !== cancelled)).toEqual(others.sort())
      expect(sorted.filter((name) => name === cancelled).length).toBeLessThan(2)
    },
  )
})
