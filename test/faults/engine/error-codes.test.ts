/** A code of each policy, answered by a server over the wire; test/unit/engine/error-codes.test.ts has every code. */
import { describe, expect, it, type TestContext } from 'vitest'
import { exitCodeAfter } from '#main/cli/exit-code.ts'
import { SERVER_ENTRIES } from '#shared/errors/catalogue.ts'
import type { CatalogueEntry, ErrorPolicy } from '#shared/errors/catalogue-entry.ts'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { KiB, openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'

const PARTS = 3
/** Pauses of up to a minute are the rule here. */
const SPEED = 400
const OTHERS = ['b1.bin', 'b2.bin', 'b3.bin', 'b4.bin']

/** Uploads `a.bin`, whose second part meets the code so often, and four further files. */
async function uploadThrough(
  test: TestContext,
  code: number,
  times: number,
  endpoint = 'files/upload_part',
) {
  const scene = await openScene(test, { blockSizeBytes: KiB, alwaysInParts: true, rate: 'off' })
  const { simulator } = scene
  const file = await scene.write('a.bin', PARTS * KiB)
  // The one that goes up beside it is bigger, so that it is under way until the fault has come.
  const others = await Promise.all(
    OTHERS.map((name, place) => scene.write(name, place === 0 ? 8 * KiB : 900)),
  )
  const seq = endpoint.endsWith('upload_part') ? { seq: 1 } : {}
  simulator.faults.add({
    endpoint,
    ...seq,
    fileName: 'a.bin',
    times,
    do: { kind: 'answer', status: 400, code },
  })
  const result = await work({
    baseUrl: simulator.baseUrl,
    home: scene.home,
    paths: [file, ...others].map(({ path }) => path),
    to: scene.to,
    clock: fastClock(simulator, SPEED),
    lanes: 'serial',
  })
  const otherStates = others.map(({ path }) => result.stateOf(path))
  return { ...result, scene, file, others, otherStates, times, state: result.stateOf(file.path) }
}

type Uploaded = Awaited<ReturnType<typeof uploadThrough>>

async function expectAllDone({ scene, file, others, end }: Uploaded): Promise<void> {
  expect(end).toEqual({ kind: 'settled' })
  expect(scene.simulator.faults.pending).toEqual([])
  for (const each of [file, ...others]) await expectOnce(scene.simulator, scene.folderToken, each)
}

function transactionsOf({ simulator }: Scene, fileName: string) {
  return simulator.transactions().filter(({ place }) => place.fileName === fileName)
}

async function expectOutcome(
  policy: ErrorPolicy,
  uploaded: Uploaded,
  { code, domain }: CatalogueEntry,
) {
  const { scene, state, otherStates, end } = uploaded
  const { simulator } = scene
  switch (policy) {
    case 'backoff':
    case 'wait-rate-limit':
    case 'reread-part':
      await expectAllDone(uploaded)
      expect(transactionsOf(scene, 'a.bin')).toHaveLength(1)
      return
    case 'restart-upload': {
      await expectAllDone(uploaded)
      const transactions = transactionsOf(scene, 'a.bin')
      expect(transactions).toHaveLength(2)
      expect(transactions.map(({ fileToken }) => fileToken !== undefined)).toEqual([false, true])
      return
    }
    case 'refresh-token':
      await expectAllDone(uploaded)
      expect(simulator.callsTo('token')).toHaveLength(2)
      expect(transactionsOf(scene, 'a.bin')).toHaveLength(1)
      return
    case 'fail-file':
      expect(end).toEqual({ kind: 'settled' })
      expect(state).toMatchObject({ kind: 'failed', error: { code } })
      expect(otherStates.map((each) => each?.kind)).toEqual(OTHERS.map(() => 'done'))
      expect(
        simulator
          .files()
          .map(({ name }) => name)
          .toSorted(),
      ).toEqual(OTHERS)
      return
    case 'block-target':
    case 'block-kind':
      expect(end).toEqual({ kind: 'settled' })
      expect(state).toMatchObject({ kind: 'blocked', error: { code } })
      // While the file pauses between its tries, others may go up.
      if (uploaded.times > 1) return
      expectLastNotTried(uploaded)
      expect(otherStates.at(-1)).toMatchObject({ kind: 'blocked', error: { code } })
      return
    case 'block-account': {
      expect(end).toMatchObject({ kind: 'account-blocked', error: { code } })
      // While the file pauses between its tries, others may go up. It has nothing to do with them.
      const left = uploaded.times > 1 ? [] : otherStates.slice(1)
      for (const each of [state, ...left]) expect(each?.kind).toBe('queued')
      if (uploaded.times === 1) expectLastNotTried(uploaded)
      const exitCode = exitCodeAfter({
        end,
        failed: 0,
        unfinished: { blocked: 1, queued: 0, unsettled: 0, uncertain: 0 },
        aboutRights: false,
      })
      expect(exitCode).toBe(domain === 'auth' || domain === 'permission' ? 3 : 1)
      return
    }
    default:
      expect.fail(`no server code has the policy ${policy}`)
  }
}

/** The file beside the failed one may have begun; those after it were spared. */
function expectLastNotTried({ scene }: Uploaded): void {
  const tried = new Set(scene.simulator.calls.map(({ fileName }) => fileName))
  for (const name of OTHERS.slice(1)) expect(tried).not.toContain(name)
}

/** Remarks about a success; see the tests on them below. */
const LISTED = firstOfEach(
  SERVER_ENTRIES.filter(({ policy }) => policy !== 'success'),
  ({ policy }) => policy,
)
const LIMITED = firstOfEach(
  SERVER_ENTRIES.filter(({ afterwards }) => afterwards !== undefined),
  ({ policy, afterwards }) => `${policy} ${afterwards}`,
)

function firstOfEach<T>(all: readonly T[], kindOf: (one: T) => string): T[] {
  return [...new Map(all.toReversed().map((one) => [kindOf(one), one])).values()]
}

describe.concurrent('a part answered with', () => {
  it.for(LISTED)('$code: $policy', async (entry, test) => {
    const uploaded = await uploadThrough(test, Number(entry.code), 1)
    await expectOutcome(entry.policy, uploaded, entry)
  })

  it.for(LIMITED)(
    '$code more than $maxAttempts times in a row: $afterwards',
    async (entry, test) => {
      const times = (entry.maxAttempts ?? 0) + 1
      const uploaded = await uploadThrough(test, Number(entry.code), times)
      await expectOutcome(entry.afterwards as ErrorPolicy, uploaded, entry)
    },
  )
})

describe.concurrent('a code nobody knows', () => {
  it.for([
    { status: 400, kind: 'failed' },
    { status: 403, kind: 'blocked' },
    { status: 404, kind: 'failed' },
    { status: 429, kind: 'done' },
    { status: 500, kind: 'done' },
    { status: 503, kind: 'done' },
    { status: 200, kind: 'failed' },
  ])('with status $status: $kind', async ({ status, kind }, test) => {
    const scene = await openScene(test, { rate: 'off' })
    const file = await scene.write('a.bin', 1000)
    scene.simulator.faults.add({
      endpoint: 'files/upload_all',
      do: { kind: 'answer', status, code: 4_711_000 },
    })
    const { stateOf } = await work({
      baseUrl: scene.simulator.baseUrl,
      home: scene.home,
      paths: [file.path],
      to: scene.to,
      clock: fastClock(scene.simulator, SPEED),
    })
    expect(stateOf(file.path)?.kind).toBe(kind)
    if (kind === 'done') await expectOnce(scene.simulator, scene.folderToken, file)
    else expect(scene.simulator.files()).toEqual([])
  })
})

describe.concurrent('a remark about a thumbnail is no failure', () => {
  const code = Number(SERVER_ENTRIES.find(({ policy }) => policy === 'success')?.code)
  const calls = ['upload_part', 'upload_finish', 'upload_all'] as const
  const families = ['files', 'medias'] as const
  const cases = families.flatMap((family) => calls.map((call) => ({ family, call })))

  it.for(cases)('on $family/$call', async ({ family, call }, test) => {
    const alwaysInParts = call !== 'upload_all'
    const scene = await openScene(test, { blockSizeBytes: KiB, rate: 'off', alwaysInParts })
    const file = await scene.write('a.bin', 3 * KiB)
    scene.simulator.faults.add({
      endpoint: `${family}/${call}`,
      do: { kind: 'late-error', status: 202, code },
    })
    const { stateOf } = await work({
      baseUrl: scene.simulator.baseUrl,
      home: scene.home,
      paths: [file.path],
      to: family === 'files' ? scene.to : 'media:docx_file:doxcnA',
      clock: fastClock(scene.simulator),
    })
    expect(stateOf(file.path)).toMatchObject({ kind: 'done' })
    if (family === 'files') await expectOnce(scene.simulator, scene.folderToken, file)
  })
})
