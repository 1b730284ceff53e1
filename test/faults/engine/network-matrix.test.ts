/** Every fault of the network, at every call, for both families: the file is up in the end, once. */
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { randomNumbers } from '#test/kit/feidi/random-bytes.ts'
import { KiB, openScene, type SceneOptions } from '#test/kit/feidi/scene.ts'
import { expectBytes, expectOnce } from '#test/kit/feidi/uploads.ts'
import type { FaultAction } from '#test/simulator/faults.ts'
import type { SecondFinish } from '#test/simulator/server.ts'

/** Small bodies, so that a stalled one is noticed soon: the deadline grows with what is on its way. */
const BLOCK_BYTES = KiB
const FILE_BYTES = 2.5 * KiB
const IDLE_MS = 400

const FAULTS: Readonly<Record<string, FaultAction>> = {
  'reset before the body': { kind: 'reset', where: 'before-body' },
  'reset within the body': { kind: 'reset', where: 'mid-body' },
  'reset after the body': { kind: 'reset', where: 'after-body' },
  'answer lost': { kind: 'lose-answer' },
  'done, but answered with an error': { kind: 'late-error', status: 200, code: 1061045 },
  'half an answer': { kind: 'truncated-json', committed: true },
  'half an answer, nothing done': { kind: 'truncated-json', committed: false },
  'a gateway’s page': { kind: 'html', status: 502 },
  'a gateway’s page, yet done': { kind: 'html', status: 502, committed: true },
  'silence before the body': { kind: 'stall', where: 'before-body' },
  'silence within the body': { kind: 'stall', where: 'mid-body' },
  'silence instead of an answer': { kind: 'stall', where: 'answer' },
  'silence, nothing done': { kind: 'stall', where: 'answer', committed: false },
  'an answer drop by drop': { kind: 'drip', bytesPerSecond: 2_000 },
  'a wrong content type': { kind: 'wrong-content-type' },
  'too fast': {
    kind: 'answer',
    status: 429,
    code: 99991400,
    headers: { 'x-ogw-ratelimit-limit': '5', 'x-ogw-ratelimit-reset': '2' },
  },
}

const ENDPOINTS = {
  files: [
    'token',
    'files/list',
    'files/create_folder',
    'files/upload_all',
    'files/upload_prepare',
    'files/upload_part',
    'files/upload_finish',
  ],
  medias: [
    'token',
    'medias/upload_all',
    'medias/upload_prepare',
    'medias/upload_part',
    'medias/upload_finish',
  ],
} as const

type Family = keyof typeof ENDPOINTS

const CELLS = (['files', 'medias'] as const).flatMap((family) =>
  ENDPOINTS[family].flatMap((endpoint) =>
    Object.keys(FAULTS).map((fault) => ({ family, endpoint, fault })),
  ),
)

const SECOND_FINISHES: readonly SecondFinish[] = [
  'same-token',
  'expired',
  'not-found',
  'second-file',
]

const FINISH_CELLS = SECOND_FINISHES.flatMap((secondFinish) =>
  Object.keys(FAULTS).map((fault) => ({ secondFinish, fault })),
)

/** Uploads a folder with one file through the faults, and looks at what came of it. */
async function uploadThrough(
  test: TestContext,
  family: Family,
  faults: readonly { endpoint: string; do: FaultAction; skip?: number }[],
  options: SceneOptions = {},
) {
  const scene = await openScene(test, {
    blockSizeBytes: BLOCK_BYTES,
    rate: 'off',
    alwaysInParts: true,
    ...options,
  })
  const { simulator } = scene
  const file = await scene.write('箱/文件.bin', FILE_BYTES)
  for (const fault of faults) simulator.faults.add(fault)
  const { end, stateOf } = await work({
    baseUrl: simulator.baseUrl,
    home: scene.home,
    paths: [join(scene.folder, '箱')],
    to: family === 'files' ? scene.to : 'media:docx_file:doxcnA',
    clock: fastClock(simulator),
    idleMs: IDLE_MS,
  })
  expect(end).toEqual({ kind: 'settled' })
  const state = stateOf(file.path)
  expect(state).toMatchObject({ kind: 'done' })
  const fileToken = state?.kind === 'done' ? state.fileToken : ''
  await expectBytes(simulator, fileToken, file.bytes)
  if (family === 'files') {
    const boxes = simulator.childrenOf(scene.folderToken)
    expect(boxes.map(({ name, type }) => [name, type])).toEqual([['箱', 'folder']])
    const named = { name: '文件.bin', bytes: file.bytes }
    expect(await expectOnce(simulator, boxes[0]?.token ?? '', named)).toBe(fileToken)
  }
  return simulator
}

describe.concurrent('one fault', () => {
  it.for(CELLS)('$family: $fault at $endpoint', async ({ family, endpoint, fault }, test) => {
    const action = FAULTS[fault] as FaultAction
    const alwaysInParts = !endpoint.endsWith('upload_all')
    const faults = [{ endpoint, do: action }]
    const simulator = await uploadThrough(test, family, faults, { alwaysInParts })
    expect(simulator.faults.pending).toEqual([])
    // A media whose finish got no answer is sent again; no one sees the orphan.
    if (endpoint === 'medias/upload_finish') return
    // One part more than the plan has, at most: the one that the fault befell.
    expect(simulator.callsTo(`${family}/upload_part`).length).toBeLessThanOrEqual(4)
  })
})

describe.concurrent('one fault at finish', () => {
  it.for(FINISH_CELLS)(
    '$fault, and a second finish is answered $secondFinish',
    async ({ secondFinish, fault }, test) => {
      const faults = [{ endpoint: 'files/upload_finish', do: FAULTS[fault] as FaultAction }]
      const simulator = await uploadThrough(test, 'files', faults, { secondFinish })
      expect(simulator.faults.pending).toEqual([])
    },
  )
})

describe.concurrent('a storm of faults', () => {
  it.for(Array.from({ length: 30 }, (_, seed) => seed + 1))('seed %i', async (seed, test) => {
    const random = randomNumbers(seed)
    const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T
    const family = pick(['files', 'files', 'medias'] as const)
    const faults = Array.from({ length: 8 }, () => ({
      endpoint: pick(ENDPOINTS[family]),
      do: pick(Object.values(FAULTS)),
      skip: Math.floor(random() * 3),
    }))
    const secondFinish = pick(SECOND_FINISHES)
    await uploadThrough(test, family, faults, { secondFinish, alwaysInParts: random() < 0.7 })
  })
})
