import { describe, expect, it } from 'vitest'
import { quotaToday } from '#main/app/live/quota-today.ts'
import { Bandwidth } from '#main/engine/bandwidth.ts'
import { CallGate } from '#main/engine/call-gate.ts'
import { Calls } from '#main/engine/calls.ts'
import { uploadEndpoint } from '#main/engine/endpoints.ts'
import { OutcomeUnknown } from '#main/engine/ports.ts'
import { Uplink } from '#main/engine/uplink.ts'
import { CATALOGUE } from '#shared/errors/catalogue.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import type { UploadPoint } from '#shared/model/transfer.ts'
import { nextQuotaMonthMs, quotaDay } from '#shared/transfer/quota-day.ts'
import { FakeClock, settle } from '#test/kit/fake-clock.ts'
import {
  type Answerer,
  aContext,
  failure,
  inTurn,
  MemoryMemos,
  MemoryQuota,
  ScriptedApi,
} from './engine-kit.ts'

const FILES: UploadPoint = { family: 'files', parentType: 'explorer', parentNode: 'fld' }
const MEDIAS: UploadPoint = { family: 'medias', parentType: 'docx_file', parentNode: 'blk' }
const PART = uploadEndpoint('files', 'upload_part')
const aPresent = { callsPerDay: undefined, hold: undefined, appKey: 'app' }
const TOKEN = { fileToken: 'box1' }

function open(answer: Answerer, lanes: 'auto' | 'serial' | number = 'serial', random = 0) {
  const clock = new FakeClock()
  const memos = new MemoryMemos()
  const quota = new MemoryQuota()
  const api = new ScriptedApi(answer)
  const gate = new CallGate({ appKey: 'app', clock, quota, memos, lanes })
  const bandwidth = new Bandwidth(clock, undefined)
  const uplink = new Uplink(memos)
  // Random 0: every pause is half of the longest it could be.
  const calls = new Calls({ api, gate, clock, bandwidth, uplink, random: () => random })
  return { clock, memos, quota, api, gate, bandwidth, uplink, calls }
}

function aBody(point = FILES) {
  const progress: number[] = []
  const bytes = new Uint8Array(1024 * 1024)
  const onProgress = (moved: number) => progress.push(moved)
  return {
    point,
    bytes,
    checksum: 1,
    fileName: 'a.bin',
    uploadId: '7',
    seq: 3,
    onProgress,
    progress,
  }
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    if (error instanceof OutcomeUnknown) return ['unknown', error.error.code]
    return (error as { code?: unknown }).code
  }
  return 'done'
}

describe('what is repeated in place', () => {
  it('repeats a part with the same bytes after a lost answer', async () => {
    const { calls, clock, api } = open(inTurn(failure('connection-lost'), undefined))
    const body = aBody()
    await clock.runUntil(calls.sendPart(body, aContext()))
    expect(api.made('sendPart').map(({ request }) => [request.seq, request.bytes])).toEqual([
      [3, body.bytes],
      [3, body.bytes],
    ])
  })

  it('pauses 1, 2, 4 … 60 s (half of it, with this jitter) for a server in trouble', async () => {
    const trouble = Array.from({ length: 9 }, () => failure(1061006))
    const { calls, clock, quota } = open(inTurn(...trouble, undefined))
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    const times = quota.calls.map(({ atMs }) => atMs)
    const pauses = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0))
    // Never less than the rate window allows, so the first ones are on time too.
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000])
  })

  it('waits exactly as long as the server asks, and holds the endpoint for others too', async () => {
    const { calls, clock, api } = open(
      inTurn(failure(99991400, { retryAfterMs: 12_345 }), undefined, undefined),
      4,
    )
    const startMs = clock.nowMs()
    const first = calls.sendPart(aBody(), aContext(0))
    await settle()
    const second = calls.sendPart(aBody(), aContext(1))
    await clock.advance(12_344)
    expect(api.calls).toHaveLength(1)
    await clock.runUntil(first)
    expect(clock.nowMs() - startMs).toBe(12_345)
    await clock.runUntil(second)
  })

  it('holds back one call for a refusal of a second, as others may share the app, and all for the next', async () => {
    const refusal = () => failure(99991400, { retryAfterMs: 1_000 })
    const { calls, clock, api } = open(inTurn(refusal(), undefined, refusal(), undefined), 4, 0.5)
    const first = calls.sendPart({ ...aBody(), seq: 1 }, aContext(0))
    await settle()
    const second = calls.sendPart({ ...aBody(), seq: 2 }, aContext(1))
    await clock.advance(1_000)
    expect(api.calls.map(({ request }) => request.seq)).toEqual([1, 2])
    await clock.advance(600)
    expect(api.calls.map(({ request }) => request.seq)).toEqual([1, 2, 1])
    const third = calls.sendPart({ ...aBody(), seq: 3 }, aContext(2))
    await clock.advance(1_300)
    expect(api.calls).toHaveLength(3)
    await clock.runUntil(Promise.all([first, second]).then(() => third.catch(() => {})))
  })

  it('asks about a used-up month once an hour, and says that it is the quota', async () => {
    const { calls, clock } = open(inTurn(failure(99991403), undefined))
    const context = aContext()
    const startMs = clock.nowMs()
    await clock.runUntil(calls.sendPart(aBody(), context))
    expect(clock.nowMs() - startMs).toBe(3_600_000)
    expect(context.holds[0]).toMatchObject({ reason: 'quota', error: { code: 99991403 } })
  })

  it('keeps a used-up month over a restart, and forgets it with the first call let through', async () => {
    const before = open(inTurn(failure(99991403)))
    void before.calls.sendPart(aBody(), aContext()).catch(() => {})
    await before.clock.advance(0)
    const { memos, quota, clock } = before
    const after = new CallGate({ appKey: 'app', clock, quota, memos, lanes: 'serial' })
    const context = aContext()
    const admitted = after.admit(PART, context)
    await settle()
    expect(context.holds).toMatchObject([{ reason: 'quota', error: { code: 99991403 } }])
    const month = quotaToday({ quota, memos }, clock.nowMs(), aPresent)
    expect(month.notBeforeMs).toBe(nextQuotaMonthMs(clock.nowMs()))
    await clock.runUntil(admitted)
    after.succeeded(PART)
    expect(quotaToday({ quota, memos }, clock.nowMs(), aPresent).notBeforeMs).toBeUndefined()
  })

  it.each([0, 1, 999])('waits longer and longer when it is told to wait %i ms', async (ms) => {
    const refusals = Array.from({ length: 8 }, () => failure(99991400, { retryAfterMs: ms }))
    const { calls, clock, quota } = open(inTurn(...refusals, undefined))
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    const times = quota.calls.map(({ atMs }) => atMs)
    const pauses = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0))
    expect(pauses.slice(1)).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000])
  })

  it('waits a little longer than it is told, so that not all come back together', async () => {
    const { calls, clock } = open(
      inTurn(failure(99991400, { retryAfterMs: 12_345 }), undefined),
      4,
      0.5,
    )
    const startMs = clock.nowMs()
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    expect(clock.nowMs() - startMs).toBe(12_845)
  })

  it('repeats a rate-limited call for as long as it takes, even one that must not happen twice', async () => {
    const refusals = Array.from({ length: 20 }, () => failure(99991400, { retryAfterMs: 1_500 }))
    const { calls, clock } = open(inTurn(...refusals, TOKEN))
    expect(await clock.runUntil(calls.uploadAll(aBody(), aContext()))).toEqual(TOKEN)
  })

  it('does not count rate limits as failures of the server', async () => {
    const limits = Array.from({ length: 8 }, () => failure(99991400, { retryAfterMs: 1_000 }))
    const { calls, clock } = open(inTurn(...limits, failure(1061001), undefined))
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
  })

  it('gives up where the catalogue says so: 1061001 after five more tries', async () => {
    const { calls, clock, api } = open(() => {
      throw failure(1061001)
    })
    expect(await clock.runUntil(codeOf(calls.sendPart(aBody(), aContext())))).toBe(1061001)
    expect(api.calls).toHaveLength(6)
  })

  it.each<ErrorCode>([1061004, 1061021, 1062008, 1061101, 99991663, 'tls-untrusted', 1061002])(
    'throws %s at once',
    async (code) => {
      const { calls, clock, api } = open(inTurn(failure(code)))
      expect(await clock.runUntil(codeOf(calls.sendPart(aBody(), aContext())))).toBe(code)
      expect(api.calls).toHaveLength(1)
    },
  )

  it('tells who waits, why and until when, and when it goes on', async () => {
    const { calls, clock } = open(inTurn(failure(1061006), undefined))
    const context = aContext()
    const startMs = clock.nowMs()
    await clock.runUntil(calls.sendPart(aBody(), context))
    expect(context.holds).toMatchObject([{ reason: 'server', untilMs: startMs + 500 }, null])
  })

  it('lets nothing leave after a stop, not even a repetition', async () => {
    const { calls, clock, api } = open(() => {
      throw failure('connection-lost')
    })
    const context = aContext()
    const work = calls.sendPart(aBody(), context)
    work.catch(() => {})
    await settle()
    context.stop.abort(new Error('stop'))
    await expect(clock.runUntil(work)).rejects.toThrow('stop')
    expect(api.calls).toHaveLength(1)
  })

  it('gives the lane back when a call throws something unheard of', async () => {
    const { calls, clock, gate } = open(inTurn(new Error('a bug'), undefined))
    await expect(clock.runUntil(calls.sendPart(aBody(), aContext()))).rejects.toThrow('a bug')
    expect(gate.inFlight).toBe(0)
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
  })
})

describe('an outcome that is not known', () => {
  const unsafe: [string, (calls: Calls) => Promise<unknown>][] = [
    ['upload_all of a file', (calls) => calls.uploadAll(aBody(), aContext())],
    [
      'upload_finish of a file',
      (calls) => calls.finish({ point: FILES, uploadId: '7', blockCount: 2 }, aContext()),
    ],
    ['create_folder', (calls) => calls.createFolder('fld', 'reports', aContext())],
  ]
  const safe: [string, (calls: Calls) => Promise<unknown>][] = [
    ['upload_all of a media', (calls) => calls.uploadAll(aBody(MEDIAS), aContext())],
    [
      'upload_finish of a media',
      (calls) => calls.finish({ point: MEDIAS, uploadId: '7', blockCount: 2 }, aContext()),
    ],
    ['upload_prepare', (calls) => calls.prepare(FILES, 'a', 1, aContext())],
    ['upload_part', (calls) => calls.sendPart(aBody(), aContext())],
  ]
  const mayHaveLanded = [...CATALOGUE.values()].filter((entry) => entry.mayHaveLanded)

  it.each(unsafe)('%s: thrown for every code that may have landed', async (_, call) => {
    expect(mayHaveLanded.length).toBeGreaterThan(5)
    for (const { code } of mayHaveLanded) {
      const { calls, clock, api } = open(inTurn(failure(code)))
      expect(await clock.runUntil(codeOf(call(calls)))).toEqual(['unknown', code])
      expect(api.calls).toHaveLength(1)
    }
  })

  it.each(unsafe)('%s: repeated when the request certainly did not arrive', async (_, call) => {
    const lost = failure('connection-lost', { neverArrived: true })
    const { calls, clock, api } = open(
      inTurn(lost, failure('dns-failed'), { ...TOKEN, token: 't' }),
    )
    expect(await clock.runUntil(codeOf(call(calls)))).toBe('done')
    expect(api.calls).toHaveLength(3)
  })

  it.each(unsafe)('%s: a refusal is certain', async (_, call) => {
    const { calls, clock } = open(inTurn(failure(1061004)))
    expect(await clock.runUntil(codeOf(call(calls)))).toBe(1061004)
  })

  it.each(safe)('%s: never thrown, the call is repeated', async (_, call) => {
    const { calls, clock } = open(inTurn(failure('connection-lost'), TOKEN))
    expect(await clock.runUntil(codeOf(call(calls)))).toBe('done')
  })
})

describe('Feishu out of reach', () => {
  it('holds every call, and lets all go on when one gets through', async () => {
    const { calls, clock, api } = open(inTurn(failure('dns-failed'), undefined, { files: [] }))
    const contexts = [aContext(0), aContext(1)]
    const startMs = clock.nowMs()
    const part = calls.sendPart(aBody(), contexts[0] as never)
    await settle()
    const listing = calls.listFolder('fld', contexts[1] as never)
    await clock.advance(499)
    expect(api.calls).toHaveLength(1)
    await clock.runUntil(Promise.all([part, listing]))
    expect(clock.nowMs() - startMs).toBe(500)
    for (const { holds } of contexts) {
      expect(holds).toMatchObject([{ reason: 'network', untilMs: startMs + 500 }, null])
    }
  })

  it('counts calls that fail together as one failure', async () => {
    let away = true
    const { calls, clock } = open(() => {
      if (away) throw failure('connection-refused')
    }, 2)
    const startMs = clock.nowMs()
    const all = Promise.all([1, 2].map((rank) => calls.sendPart(aBody(), aContext(rank))))
    await settle()
    away = false
    await clock.runUntil(all)
    expect(clock.nowMs() - startMs).toBe(500)
  })

  it('waits longer with every failure, and starts small again after a success', async () => {
    const away = failure('dns-failed')
    const { calls, clock } = open(inTurn(away, away, away, undefined, away, undefined))
    const startMs = clock.nowMs()
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    expect(clock.nowMs() - startMs).toBe(500 + 1_000 + 2_000)
    await clock.advance(5_000)
    const againMs = clock.nowMs()
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    expect(clock.nowMs() - againMs).toBe(500)
  })
})

describe('collisions', () => {
  it('repeats at once with fewer lanes when our own calls were the reason', async () => {
    let underWay = 0
    const { calls, clock, api, gate } = open(async () => {
      underWay += 1
      const refused = underWay > 1
      await clock.sleep(refused ? 20 : 300)
      underWay -= 1
      if (refused) throw failure(1061045)
    }, 'auto')
    const contexts = Array.from({ length: 40 }, (_, rank) => aContext(rank))
    await clock.runUntil(Promise.all(contexts.map((context) => calls.sendPart(aBody(), context))))
    expect(api.calls).toHaveLength(41)
    expect(gate.lanes).toBe(1)
    expect(contexts.flatMap(({ holds }) => holds)).toEqual([])
  })

  it('leaves open whether a file refused for the company it was in is there, with fewer lanes from then on', async () => {
    let underWay = 0
    const { calls, clock, api, gate } = open(async () => {
      underWay += 1
      const refused = underWay > 1
      await clock.sleep(refused ? 20 : 300)
      underWay -= 1
      if (refused) throw failure(1061045)
      return TOKEN
    }, 'auto')
    const all = Array.from({ length: 40 }, (_, rank) =>
      codeOf(calls.uploadAll(aBody(), aContext(rank))),
    )
    const outcomes = await clock.runUntil(Promise.all(all))
    expect(outcomes.filter((outcome) => outcome !== 'done')).toEqual([['unknown', 1061045]])
    expect(api.calls).toHaveLength(40)
    expect(gate.lanes).toBe(1)
  })

  it('pauses when another machine was the reason', async () => {
    const { calls, clock } = open(inTurn(failure(1061045), failure(1061045), undefined), 'auto')
    const startMs = clock.nowMs()
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    expect(clock.nowMs() - startMs).toBe(500 + 1_000)
  })

  it('pauses, rather than try again and again, where the person fixed the number of lanes', async () => {
    let underWay = 0
    const { calls, clock, api } = open(async () => {
      underWay += 1
      try {
        await clock.sleep(underWay > 1 ? 5 : 1_000)
        if (underWay > 1) throw failure(1061045)
      } finally {
        underWay -= 1
      }
    }, 4)
    const all = Promise.all([1, 2, 3, 4].map((rank) => calls.sendPart(aBody(), aContext(rank))))
    await clock.runUntil(all)
    expect(api.calls.length).toBeLessThan(20)
  })
})

describe('bytes', () => {
  it('takes back the progress of a try that failed', async () => {
    let tries = 0
    const { calls, clock } = open(({ options }) => {
      options.onProgress?.(400)
      options.onProgress?.(300)
      tries += 1
      if (tries === 1) throw failure('connection-lost')
    })
    const body = aBody()
    await clock.runUntil(calls.sendPart(body, aContext()))
    expect(body.progress).toEqual([400, 300, -700, 400, 300])
  })

  it('takes it back once when the call is cut off', async () => {
    const { calls, clock } = open(async ({ options }) => {
      options.onProgress?.(400)
      await clock.sleep(60_000, options.signal)
    })
    const body = aBody()
    const context = aContext()
    const work = calls.sendPart(body, context)
    work.catch(() => {})
    await settle()
    context.cutOff.abort(new Error('cut off'))
    await expect(clock.runUntil(work)).rejects.toThrow('cut off')
    expect(body.progress).toEqual([400, -400])
  })

  it('measures the line, and goes on when the measurement can not be kept', async () => {
    const { calls, clock, memos, uplink } = open(() => clock.sleep(500))
    memos.failure = failure('disk-full')
    await clock.runUntil(calls.uploadAll(aBody(), aContext()))
    expect(uplink.bytesPerSecond).toBe(2 * 1024 * 1024)
  })

  it('throttles only where there is a limit', async () => {
    const { calls, clock, api, bandwidth } = open(() => undefined)
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    bandwidth.bytesPerSecond = 1_000_000
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    expect(api.calls.map(({ options }) => options.throttle)).toEqual([undefined, bandwidth.take])
  })
})

describe('a wait that Feishu asks for', () => {
  it('is about the day when it lasts for hours, whose calls others have used up', async () => {
    let isOver = false
    const { calls, clock } = open(() => {
      if (!isOver) throw failure(99991400, { retryAfterMs: 3_600_000 })
    })
    const tried = () => clock.runUntil(codeOf(calls.sendPart(aBody(), aContext())))
    expect(await tried()).toBe('daily-quota-used')
    calls.tryNow()
    // Asked, and refused again.
    expect(await tried()).toBe('daily-quota-used')
    isOver = true
    expect(await tried()).toBe('daily-quota-used')
    calls.tryNow()
    expect(await tried()).toBe('done')
  })

  it.each([
    ['the rate', failure(99991400, { retryAfterMs: 30_000 })],
    ['the network', failure('connection-lost', { neverArrived: true })],
    ['a server that is busy', failure(1061006)],
  ])('ends when the person wants to try now: %s', async (_, trouble) => {
    let isOver = false
    const { calls, clock } = open(() => {
      if (!isOver) throw trouble
    })
    const part = calls.sendPart(aBody(), aContext())
    // Several tries: the pauses are long by then.
    await clock.advance(20_000)
    isOver = true
    const startMs = clock.nowMs()
    calls.tryNow()
    await clock.runUntil(part)
    expect(clock.nowMs() - startMs).toBeLessThan(1_000)
  })

  it('ends although our own count says that the day is used up', async () => {
    const { calls, clock, quota } = open(() => undefined)
    const nowMs = clock.nowMs()
    quota.pretend(10_000, 'drive/v1/files/upload_part', quotaDay(nowMs), nowMs - 60_000)
    expect(await codeOf(calls.sendPart(aBody(), aContext()))).toBe('daily-quota-used')
    calls.tryNow()
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    expect(quota.calls).toHaveLength(10_001)
  })
})

describe('1061045 that lasts', () => {
  const MINUTE_MS = 60_000
  const always = () => {
    throw failure(1061045)
  }

  it('is taken for a used-up day after 5 minutes and 8 tries, and asked about less and less often', async () => {
    const { calls, clock, quota } = open(always)
    const context = aContext()
    calls.sendPart(aBody(), context).catch(() => {})
    await clock.advance(5 * MINUTE_MS - 1)
    expect(context.holds.every((hold) => hold?.error.code !== 'daily-quota-suspected')).toBe(true)
    await clock.advance(240 * MINUTE_MS)
    expect(context.holds.at(-1)).toMatchObject({
      reason: 'quota',
      error: { code: 'daily-quota-suspected' },
    })
    const times = quota.calls.map(({ atMs }) => atMs)
    const pauses = times.slice(1).map((atMs, index) => (atMs - (times[index] ?? 0)) / MINUTE_MS)
    expect(pauses.filter((pause) => pause >= 2)).toEqual([2, 5, 10, 20, 40, 60, 60])
    expect(times.length).toBeLessThan(40)
    context.stop.abort()
  })

  it('is forgotten with the first success, and does not concern other endpoints', async () => {
    let isOver = false
    const { calls, clock, api } = open((call) => {
      if (call.method === 'createFolder') return { token: 'f' }
      if (!isOver) throw failure(1061045)
      return undefined
    })
    const part = calls.sendPart(aBody(), aContext())
    await clock.advance(6 * MINUTE_MS)
    // Judged apart: it leaves at once.
    await clock.runUntil(calls.createFolder('root', 'a', aContext()))
    isOver = true
    await clock.runUntil(part)
    const before = api.calls.length
    await clock.runUntil(calls.sendPart(aBody(), aContext()))
    expect(api.calls.length).toBe(before + 1)
  })

  it('is tried at once when the person says so', async () => {
    let isOver = false
    const { calls, clock } = open(() => {
      if (!isOver) throw failure(1061045)
    })
    const part = calls.sendPart(aBody(), aContext())
    await clock.advance(30 * MINUTE_MS)
    isOver = true
    const startMs = clock.nowMs()
    calls.tryNow()
    await clock.runUntil(part)
    expect(clock.nowMs()).toBe(startMs)
  })

  it('holds files back that can not be sent twice as well', async () => {
    const { calls, clock, api } = open(always)
    const tries = 60
    for (let each = 0; each < tries; each++) {
      calls.uploadAll(aBody(), aContext()).catch(() => {})
      await clock.advance(10_000)
    }
    // Ten minutes: half of it as ever, then after 2 and 5 minutes.
    expect(api.calls.length).toBeLessThan(tries * 0.7)
  })
})

describe('listing a folder', () => {
  it('reads all pages', async () => {
    const page = (name: string, nextPageToken?: string) => ({
      files: [{ token: name, name, type: 'file' }],
      ...(nextPageToken && { nextPageToken }),
    })
    const { calls, clock, api } = open(inTurn(page('a', 'p2'), page('b', 'p3'), page('c')))
    const files = await clock.runUntil(calls.listFolder('fld', aContext()))
    expect(files.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(api.calls.map(({ request }) => request.pageToken)).toEqual([undefined, 'p2', 'p3'])
  })

  it.each([
    ['is followed by itself', () => 'p2', 2],
    ['goes round in a circle', (page: number) => `p${page % 3}`, 4],
    ['has no end', (page: number) => `p${page}`, 50],
  ])('is not gone on with when a page %s', async (_, tokenOf, most) => {
    let pages = 0
    const { calls, clock, api } = open(() => ({ files: [], nextPageToken: tokenOf(pages++) }))
    expect(await clock.runUntil(codeOf(calls.listFolder('fld', aContext())))).toBe('bad-response')
    expect(api.calls.length).toBeLessThanOrEqual(most)
  })
})

it('knows the time by the server', () => {
  const { calls, api, clock } = open(() => undefined)
  api.clockOffsetMs = -5_000
  expect(calls.serverNowMs()).toBe(clock.nowMs() - 5_000)
})
