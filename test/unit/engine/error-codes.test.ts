/** Every code of Feishu's tables, met by the last part: what the catalogue promises is what happens, and no more calls. */
import { expect, it } from 'vitest'
import { SERVER_ENTRIES } from '#shared/errors/catalogue.ts'
import type { CatalogueEntry, ErrorPolicy } from '#shared/errors/catalogue-entry.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { failure } from './engine-kit.ts'
import { BLOCK_BYTES, openWorld, someBytes, type World } from './engine-world.ts'

const PARTS = 2

interface Walked {
  readonly world: World
  /** The upload that meets this code. */
  transferOf(entry: CatalogueEntry): Transfer
  /** Calls for its parts, and for its transactions. */
  spent(entry: CatalogueEntry): { parts: number; prepares: number }
  /** Queues one more. */
  add(entry: CatalogueEntry, times: number): void
}

/** Queues an upload of two parts for each code, in a folder of its own. Its second part is refused so often. */
function walk(
  entries: readonly CatalogueEntry[],
  times: (entry: CatalogueEntry) => number,
): Walked {
  const world = openWorld()
  world.slowLine()
  const left = new Map<string, number>()
  const parts = new Map<string, number>()
  const transfers = new Map<CatalogueEntry, Transfer>()
  const add = (entry: CatalogueEntry, refusals: number) => {
    const name = String(entry.code)
    world.drive.folders.add(name)
    const destination = { kind: 'folder', folderToken: name } as const
    const bytes = someBytes(PARTS * BLOCK_BYTES, Number(entry.code))
    transfers.set(entry, world.put(name, bytes, [], destination))
    left.set(name, refusals)
  }
  for (const entry of entries) add(entry, times(entry))
  world.line.before = ({ method, request }) => {
    if (method !== 'sendPart') return
    const name = world.drive.uploads.get(request.uploadId)?.name ?? ''
    parts.set(name, (parts.get(name) ?? 0) + 1)
    const refusals = left.get(name) ?? 0
    if (request.seq !== 1 || refusals === 0) return
    left.set(name, refusals - 1)
    throw failure(Number(name))
  }
  const prepared = ({ code }: CatalogueEntry) =>
    world.api.made('prepare').filter(({ request }) => request.fileName === String(code)).length
  return {
    world,
    transferOf: (entry) => transfers.get(entry) as Transfer,
    spent: (entry) => ({ parts: parts.get(String(entry.code)) ?? 0, prepares: prepared(entry) }),
    add,
  }
}

/** Remarks about a success are no refusals. */
const LISTED: readonly CatalogueEntry[] = SERVER_ENTRIES.filter(
  ({ policy }) => policy !== 'success',
)

function withPolicy(...policies: ErrorPolicy[]): readonly CatalogueEntry[] {
  return LISTED.filter(({ policy }) => policies.includes(policy))
}

/** Those that end with one of these policies when they come too often. */
function afterwards(...policies: ErrorPolicy[]): readonly CatalogueEntry[] {
  return LISTED.filter(
    ({ policy, afterwards: last }) =>
      policy !== 'refresh-token' && last !== undefined && policies.includes(last),
  )
}

const tooOften = ({ maxAttempts = 0 }: CatalogueEntry) => maxAttempts + 1
const acknowledged = ({ world: { store } }: Walked, { id }: Transfer) =>
  store.acknowledgedParts(id).map(({ seq }) => seq)

async function expectDone(
  entries: readonly CatalogueEntry[],
  times: (entry: CatalogueEntry) => number,
  spent: (times: number) => { parts: number; prepares: number },
): Promise<void> {
  const walked = walk(entries, times)
  expect(await walked.world.work()).toEqual({ kind: 'settled' })
  const seen = entries.map((entry) => [
    entry.code,
    walked.world.stateOf(walked.transferOf(entry))?.kind,
    walked.spent(entry),
  ])
  expect(seen).toEqual(entries.map((entry) => [entry.code, 'done', spent(times(entry))]))
}

it('covers every code', () => {
  expect(LISTED.length).toBeGreaterThan(150)
})

it('what passes costs one more call for each time, and the transaction goes on', async () => {
  const once = withPolicy('backoff', 'wait-rate-limit', 'reread-part')
  await expectDone(
    once,
    () => 1,
    () => ({ parts: PARTS + 1, prepares: 1 }),
  )
  const forever = withPolicy('backoff').filter(({ afterwards: last }) => last === undefined)
  await expectDone(
    forever,
    () => 7,
    () => ({ parts: PARTS + 7, prepares: 1 }),
  )
})

it('what ends a transaction begins another, once', async () => {
  const fromTheStart = () => ({ parts: 2 + PARTS, prepares: 2 })
  await expectDone(withPolicy('restart-upload'), () => 1, fromTheStart)
  await expectDone(afterwards('restart-upload'), tooOften, (times) => ({
    parts: 1 + times + PARTS,
    prepares: 2,
  }))
})

it('what is wrong with one file fails that file, with no further call', async () => {
  for (const [entries, times] of [
    [withPolicy('fail-file'), () => 1],
    [afterwards('fail-file'), tooOften],
  ] as const) {
    const walked = walk(entries, times)
    const other = walked.world.put('other', someBytes(10))
    expect(await walked.world.work()).toEqual({ kind: 'settled' })
    for (const entry of entries) {
      const transfer = walked.transferOf(entry)
      const { code } = entry
      expect(walked.world.stateOf(transfer)).toMatchObject({ kind: 'failed', error: { code } })
      // The person may try again where the server was in trouble; a refusal would only come again.
      const isKept = entry.policy === 'backoff'
      expect(acknowledged(walked, transfer), String(code)).toEqual(isKept ? [0] : [])
      const begun = entry.policy === 'restart-upload' ? times(entry) : 1
      expect(walked.spent(entry)).toEqual({ parts: begun + times(entry), prepares: begun })
    }
    expect(walked.world.stateOf(other)?.kind).toBe('done')
  }
})

it('what is wrong with a place blocks it, and what is up of a file is kept', async () => {
  for (const [entries, times] of [
    [withPolicy('block-target'), () => 1],
    [afterwards('block-target').filter(({ policy }) => policy === 'backoff'), tooOften],
  ] as const) {
    const walked = walk(entries, times)
    const next = entries.map(({ code }) =>
      // In parts as well: a file in one call may begin earlier, its calls being idle.
      walked.world.put(`next-${code}`, someBytes(2 * BLOCK_BYTES), [], {
        kind: 'folder',
        folderToken: String(code),
      }),
    )
    expect(await walked.world.work()).toEqual({ kind: 'settled' })
    for (const [index, entry] of entries.entries()) {
      const { code } = entry
      const transfer = walked.transferOf(entry)
      expect(walked.world.stateOf(transfer)).toMatchObject({ kind: 'blocked', error: { code } })
      expect(acknowledged(walked, transfer), String(code)).toEqual([0])
      expect(walked.spent(entry)).toEqual({ parts: 1 + times(entry), prepares: 1 })
      const state = walked.world.stateOf(next[index] as Transfer)
      // While the first pauses between its tries, the next may go up.
      if (times(entry) === 1) expect(state).toMatchObject({ kind: 'blocked', error: { code } })
    }
  }
})

it('what is wrong with an account stops it, and every file waits with what is up of it', async () => {
  // The way to Feishu has renewed the token before it says that this did not help.
  const walked = walk([], () => 0)
  const { world } = walked
  for (const entry of withPolicy('block-account', 'refresh-token')) {
    const { code } = entry
    walked.add(entry, 1)
    const transfer = walked.transferOf(entry)
    expect(await world.work()).toMatchObject({ kind: 'account-blocked', error: { code } })
    expect(world.stateOf(transfer)?.kind).toBe('queued')
    expect(acknowledged(walked, transfer)).toEqual([0])
    expect(await world.work()).toEqual({ kind: 'settled' })
    expect(walked.spent(entry)).toEqual({ parts: PARTS + 1, prepares: 1 })
  }
})

it('what is missing for a kind of place blocks all of that kind', async () => {
  for (const entry of withPolicy('block-kind')) {
    const { code } = entry
    const walked = walk([entry], () => 1)
    // One more is under way by then.
    walked.world.put('beside', someBytes(10))
    const elsewhere = walked.world.put('elsewhere', someBytes(10))
    expect(await walked.world.work()).toEqual({ kind: 'settled' })
    for (const transfer of [walked.transferOf(entry), elsewhere]) {
      expect(walked.world.stateOf(transfer)).toMatchObject({ kind: 'blocked', error: { code } })
    }
    expect(acknowledged(walked, walked.transferOf(entry))).toEqual([0])
  }
})
