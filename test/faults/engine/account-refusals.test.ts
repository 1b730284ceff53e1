/** Feishu's answers to a token request concern the account, and never a file. */
import { describe, expect, it, type TestContext } from 'vitest'
import { exitCodeAfter } from '#main/cli/exit-code.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openTokenVault } from '#main/store/token-vault.ts'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { KiB, openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { LI, tokensOf } from '#test/kit/feidi/signed-in.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'
import type { FaultAction } from '#test/simulator/faults.ts'
import { DEFAULT_APP } from '#test/simulator/limits.ts'

const SPEED = 1000
const APP = { kind: 'app', appId: DEFAULT_APP.id, appSecret: DEFAULT_APP.secret } as const

interface Refusal {
  readonly code: number
  readonly status: number
  /** The number of token requests before the requester gives up. */
  readonly asked: number
}

const once = (status: number) => (code: number) => ({ code, status, asked: 1 })
const UNLISTED = 4_711_000

/** 自建应用获取 tenant_access_token; and what is for other calls, or unheard of. */
const OF_THE_APP: readonly Refusal[] = [
  ...[10003, 10005, 10014, 10015, 20013, 20014].map(once(200)),
  ...[10012, 10013].map((code) => ({ code, status: 200, asked: 2 })),
  ...[99991543, 1061002].map(once(400)),
  once(200)(1061001),
  ...[200, 400, 401, 403, 404].map((status) => once(status)(UNLISTED)),
]

/** 刷新 user_access_token, 获取用户信息. */
const OF_THE_PERSON: readonly Refusal[] = [
  ...[20001, 20002, 20003, 20004, 20005, 20006, 20007, 20008, 20009, 20010].map(once(400)),
  ...[20013, 20014, 20021, 20022, 20023, 20024, 20026, 20027, 20037].map(once(400)),
  // The grant is unknown: the other endpoint is asked too.
  { code: 20036, status: 400, asked: 2 },
  ...[20048, 20049, 20063, 20064, 20065, 20066, 20067, 20068, 20069, 20070].map(once(400)),
  ...[20071, 20073, 20074, 21000, 21001, 99991669, UNLISTED].map(once(400)),
]

/** Two files, of which one part each gets up before a token is needed that is not to be had. */
async function begin(test: TestContext) {
  const scene = await openScene(test, { blockSizeBytes: KiB, alwaysInParts: true, rate: 'off' })
  const files = await Promise.all(['a.bin', 'b.bin'].map((name) => scene.write(name, 2 * KiB)))
  scene.simulator.faults.add({
    endpoint: 'files/upload_part',
    seq: 1,
    times: 'always',
    do: { kind: 'answer', status: 400, code: 99991677 },
  })
  const clock = fastClock(scene.simulator, SPEED)
  const paths = files.map(({ path }) => path)
  const { to, home } = scene
  const { baseUrl } = scene.simulator
  return { scene, files, request: { baseUrl, home, paths, to, clock, lanes: 'serial' } as const }
}

type Begun = Awaited<ReturnType<typeof begin>>

async function expectRefused(
  { scene, files, request }: Begun,
  endpoints: readonly string[],
  { code, status, asked }: Refusal,
): Promise<void> {
  const { simulator } = scene
  const label = `${code} with HTTP ${status}`
  const calls = () => endpoints.flatMap((endpoint) => simulator.callsTo(endpoint)).length
  const before = calls()
  const answer = { times: 'always', do: { kind: 'answer', status, code } } as const
  const disarm = endpoints.map((endpoint) => simulator.faults.add({ endpoint, ...answer }))
  const { end, stateOf } = await work(request)
  for (const stop of disarm) stop()
  expect(end, label).toMatchObject({ kind: 'account-blocked', error: { code } })
  expect(files.map(({ path }) => stateOf(path)?.kind)).toEqual(files.map(() => 'queued'))
  // Two runs are at work, and each may ask.
  expect(calls() - before, label).toBeLessThanOrEqual(2 * asked)
  const unfinished = { queued: 2, unsettled: 0, uncertain: 0, blocked: 0 }
  expect(exitCodeAfter({ end, failed: 0, unfinished, aboutRights: false }), label).toBe(3)
}

async function expectGoesOn({ scene, files, request }: Begun): Promise<void> {
  const { simulator, folderToken } = scene
  simulator.faults.clear()
  const parts = () => simulator.callsTo('files/upload_part').filter(({ seq }) => seq === 0)
  const before = parts().length
  expect((await work(request)).end).toEqual({ kind: 'settled' })
  for (const file of files) await expectOnce(simulator, folderToken, file)
  expect(parts().length).toBe(before)
}

describe('an account that gets no token waits, and every file keeps its place', () => {
  it('as an app', async (test) => {
    const begun = await begin(test)
    const request = { ...begun.request, credentials: APP }
    await work({ ...request, longestWaitMs: 0 })
    for (const refusal of OF_THE_APP) await expectRefused({ ...begun, request }, ['token'], refusal)
    await expectGoesOn({ ...begun, request })
  })

  it('as a person', async (test) => {
    const begun = await begin(test)
    const credentials = await personIn(begun.scene, begun.request.clock)
    const request = { ...begun.request, credentials }
    for (const refusal of OF_THE_PERSON) {
      await expectRefused({ ...begun, request }, ['oauth/token', 'oauth/v3_token'], refusal)
    }
    await expectGoesOn({ ...begun, request })
  })
})

async function personIn({ simulator, home }: Scene, clock: { nowMs(): number }) {
  simulator.signIns.person = LI
  const vault = openTokenVault(home, 'ou_li', keyFileBox(home))
  await vault.write(await tokensOf(simulator, clock.nowMs))
  return { ...APP, kind: 'user', openId: LI.openId, vault } as const
}

describe('what passes is waited for', () => {
  it.for<FaultAction>([
    { kind: 'answer', status: 500, code: 20050 },
    { kind: 'answer', status: 503, code: 20072 },
    { kind: 'answer', status: 400, code: 99991400 },
    { kind: 'answer', status: 500, code: UNLISTED },
    { kind: 'answer', status: 429, code: UNLISTED },
    { kind: 'html', status: 200 },
    { kind: 'html', status: 401 },
    { kind: 'html', status: 403 },
    { kind: 'html', status: 413 },
    { kind: 'truncated-json', committed: false },
  ])('%j', async (fault, test) => {
    const scene = await openScene(test, { rate: 'off' })
    const { simulator, home, to } = scene
    const file = await scene.write('a.bin', 1000)
    simulator.faults.add({ endpoint: 'token', times: 2, do: fault })
    const clock = fastClock(simulator, SPEED)
    const { end } = await work({ baseUrl: simulator.baseUrl, home, paths: [file.path], to, clock })
    expect(end).toEqual({ kind: 'settled' })
    await expectOnce(simulator, scene.folderToken, file)
  })
})
