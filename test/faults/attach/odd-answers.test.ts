/** Answers of destinations that ask for more than a repetition. */
import { describe, expect, it, type TestContext } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { type WorkResult, work } from '#test/kit/feidi/in-process.ts'
import { openScene, type SceneOptions } from '#test/kit/feidi/scene.ts'
import type { Fault } from '#test/simulator/faults.ts'
import { PLACES, type PlaceName, SMALL_BLOCKS, writeFiles } from './places.ts'

const HOUR_MS = 60 * 60 * 1000

/** A place with its files; `bring` takes them there. */
async function openPlace(test: TestContext, place: PlaceName, options: SceneOptions = {}) {
  const scene = await openScene(test, { ...SMALL_BLOCKS, rate: 'off', ...options })
  const kind = PLACES[place]
  const opened = await kind.open(scene.simulator)
  const files = await writeFiles(scene, kind)
  const clock = fastClock(scene.simulator)
  const bring = (longestWaitMs?: number): Promise<WorkResult> =>
    work({
      baseUrl: scene.simulator.baseUrl,
      home: scene.home,
      paths: files.map(({ path }) => path),
      to: opened.to,
      clock,
      ...(longestWaitMs !== undefined && { longestWaitMs }),
    })
  return { scene, simulator: scene.simulator, clock, files, bring, ...opened }
}

function statesOf({ transfers }: WorkResult): string[] {
  return transfers.map(({ state }) => state.kind)
}

/** The answers to showing an upload at the wrong place of each kind. */
const WRONG_PLACE = [
  ['a document', 'docx/update_block', 1770013],
  ['a document', 'docx/update_block', 1770038],
  ['a document', 'docx/update_block', 1770002],
  ['new records of a Base', 'bitable/create_record', 1254303],
  ['one record of a Base', 'base/append_attachments', 1254303],
  ['a sheet', 'sheets/create_image', 1310245],
] as const

describe.concurrent('media that does not belong where it is to be shown', () => {
  it.for(WRONG_PLACE)('%s, %s: %i', async ([place, endpoint, code], test) => {
    const { simulator, files, bring, uploaded, expectShownOnce } = await openPlace(test, place)
    simulator.faults.add({ endpoint, do: { kind: 'answer', status: 400, code } })
    expect(statesOf(await bring())).toEqual(['done', 'done'])
    await expectShownOnce(files)
    // In a document the block of the first try is gone with its media.
    expect(uploaded()).toHaveLength(place === 'a document' ? 2 : 3)
  })

  it.for(WRONG_PLACE)('%s, %s: %i for ever ends', async ([place, endpoint, code], test) => {
    const { simulator, bring } = await openPlace(test, place)
    const always: Fault = { endpoint, times: 'always', do: { kind: 'answer', status: 400, code } }
    simulator.faults.add(always)
    for (const state of statesOf(await bring())) expect(['failed', 'blocked']).toContain(state)
    expect(simulator.callsTo(endpoint).length).toBeLessThan(20)
    if (place === 'a document') {
      expect(simulator.documents[0]?.blocks.map(({ type }) => type)).toEqual([2, 2])
    }
  })
})

/** The last call of each kind, and the scopes that everything before it needs. */
const MISSING_SCOPES = [
  ['a document', ['docs:document.media:upload'], 'docx:document:write_only'],
  [
    'new records of a Base',
    ['docs:document.media:upload', 'base:field:read'],
    'base:record:create',
  ],
] as const

describe.concurrent('an app without a scope', () => {
  it.for(MISSING_SCOPES)(
    '%s: it is named, and everything of that kind waits',
    async (row, test) => {
      const [place, scopes, missing] = row
      const { simulator, bring, files, uploaded, expectShownOnce } = await openPlace(test, place)
      simulator.registerApp('cli_demo', 'demo-secret', { scopes })
      const { transfers } = await bring()
      const [blocked] = transfers.map(({ state }) => state).filter(({ kind }) => kind === 'blocked')
      expect(blocked).toMatchObject({
        error: { code: 99991672, missingScopes: expect.arrayContaining([missing]) },
      })
      const up = uploaded()
      simulator.registerApp('cli_demo', 'demo-secret')
      expect(statesOf(await bring())).toEqual(['done', 'done'])
      await expectShownOnce(files)
      expect(uploaded()).toEqual(expect.arrayContaining(up))
    },
  )
})

describe.concurrent('trouble that passes, though it comes with HTTP 200', () => {
  it.for([1254112, 1254002, 1255001, 1255003, 1255005])(
    'a record answered with %i, made or not, is there once',
    async (code, test) => {
      const place = await openPlace(test, 'new records of a Base')
      const { simulator, files, bring, expectShownOnce } = place
      const endpoint = 'bitable/create_record'
      simulator.faults.add({ endpoint, do: { kind: 'late-error', status: 200, code } })
      simulator.faults.add({ endpoint, do: { kind: 'answer', status: 200, code } })
      expect(statesOf(await bring())).toEqual(['done', 'done'])
      await expectShownOnce(files)
    },
  )

  it('a document that is being copied is waited for', async (test) => {
    const { simulator, files, bring, expectShownOnce } = await openPlace(test, 'a document')
    const copying = { kind: 'answer', status: 400, code: 1770020 } as const
    simulator.faults.add({ endpoint: 'docx/create_blocks', times: 2, do: copying })
    simulator.faults.add({ endpoint: 'docx/update_block', times: 2, do: copying })
    expect(statesOf(await bring())).toEqual(['done', 'done'])
    await expectShownOnce(files)
  })
})

describe.concurrent('a record that may have been made', () => {
  it.for([
    ['the token is forgotten', { clientTokenLifeMs: HOUR_MS }, 'same-record'],
    ['the repetition is refused', {}, 'refused'],
  ] as const)('is looked for a day later, when %s', async ([, options, secondWrite], test) => {
    const place = await openPlace(test, 'new records of a Base', options)
    const { simulator, clock, files, bring, uploaded, expectShownOnce } = place
    const [base] = simulator.bases
    if (base !== undefined) base.rules.secondWrite = secondWrite
    const endpoint = 'bitable/create_record'
    // Both files: each write takes effect, and nothing gets through from then on.
    simulator.faults.add({ endpoint, times: 2, do: { kind: 'lose-answer' } })
    const down = { kind: 'html', status: 503 } as const
    simulator.on('committed', (call) => {
      if (call.endpoint !== endpoint || simulator.callsTo(endpoint).length > 2) return
      simulator.faults.add({ endpoint: '*', times: 'always', skip: 0, do: down })
    })
    await bring(60_000)
    simulator.faults.clear()
    clock.advance(24 * HOUR_MS)
    expect(statesOf(await bring())).toEqual(['done', 'done'])
    await expectShownOnce(files)
    expect(uploaded()).toHaveLength(files.length)
  })
})

describe.concurrent('a table under a storm of writes', () => {
  it('takes every file once', async (test) => {
    const place = await openPlace(test, 'new records of a Base', { latencyMs: 5 })
    const { simulator, files, bring } = place
    const [base] = simulator.bases
    const rival = startRival(simulator.baseUrl, simulator.issueUserToken(), base?.token ?? '')
    expect(statesOf(await bring())).toEqual(['done', 'done'])
    await rival.stop()
    const records = simulator.records(base?.token ?? '', base?.tableId ?? '')
    const names = records.map(({ fields }) => fields['文本'])
    for (const { name } of files) expect(names.filter((each) => each === name)).toHaveLength(1)
    const codes = simulator.callsTo('bitable/create_record').map(({ code }) => code)
    expect(codes).toContain(1254291)
  })
})

/** Writes records to the Base's first table as fast as it can, two at a time. */
function startRival(baseUrl: string, token: string, appToken: string) {
  const url = `${baseUrl}/open-apis/bitable/v1/apps/${appToken}/tables/tblCampaign/records`
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ fields: { 文本: 'rival' } })
  let isOver = false
  const write = async () => {
    while (!isOver) await (await fetch(url, { method: 'POST', headers, body })).text()
  }
  const writers = [write(), write()]
  return {
    stop: async () => {
      isOver = true
      await Promise.all(writers)
    },
  }
}
