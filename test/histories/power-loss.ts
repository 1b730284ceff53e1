/** The home as any commit of a run left it: what came after was not on the disk when the power failed. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { DATABASE_NAME } from '#main/store/database.ts'
import type { FileAct } from './acts.ts'
import { expectNothingLost, expectNothingTorn, expectNothingTwice, inWorld } from './live.ts'
import type { HistoryWorld } from './world.ts'

type Nodes = HistoryWorld['drive']['nodes']

/** SQLite's WAL (sqlite.org/fileformat2.html#the_write_ahead_log): a header, then frames of a page each. */
const WAL_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24

/** Work of every kind: in one call and in parts, changed, moved aside, moved on. */
const SCRIPT: readonly FileAct[] = [
  { do: 'write', path: 'c', size: 2_600 },
  { do: 'replace', path: 'a', size: 2_600 },
  { do: 'save-aside', path: 'c', to: 'c.old', size: 40 },
  { do: 'rename', path: 'd', to: 'f' },
  { do: 'edit-keeping-time', path: 'b' },
]
/** Shorter than a call is on its way: what Drive has after a step was on its way before the step's commits. */
const STEP_MS = 100
const STEPS_EACH = 80

/** The contents of the disk, and those of Drive while they came to be. */
interface Recording {
  readonly database: Buffer
  readonly wal: Buffer
  /** Drive at the end. */
  readonly nodes: Nodes
  /** Drive when the WAL had so many bytes. */
  readonly moments: readonly { readonly walBytes: number; readonly nodes: Nodes }[]
}

/** Goes through with the script and keeps all that the disk held on the way. */
async function record(world: HistoryWorld): Promise<Recording> {
  const file = join(world.home, DATABASE_NAME)
  const moments: { walBytes: number; nodes: Nodes }[] = []
  const follow = async () => {
    for (let step = 0; step < STEPS_EACH; step++) {
      await world.pass(STEP_MS)
      moments.push({ walBytes: statSync(`${file}-wal`).size, nodes: [...world.drive.nodes] })
    }
  }
  await follow()
  for (const act of SCRIPT) {
    await world.act(act)
    await follow()
  }
  const nodes = [...world.drive.nodes]
  return { database: readFileSync(file), wal: readFileSync(`${file}-wal`), nodes, moments }
}

/** Returns the end of each commit in a WAL, in bytes. */
function commitsIn(wal: Buffer): number[] {
  const frameBytes = FRAME_HEADER_BYTES + wal.readUInt32BE(8)
  const ends: number[] = []
  for (let at = WAL_HEADER_BYTES; at + frameBytes <= wal.length; at += frameBytes) {
    const isCommit = wal.readUInt32BE(at + 4) > 0
    if (isCommit) ends.push(at + frameBytes)
  }
  return ends
}

/** A part of what came after the last commit that was synced. */
const TORN_BYTES = 1_000

/**
 * The power fails after a commit, with a part of the next one on the disk.
 * @param hasServerGoneOn Drive is as it was at the end: the home is an old copy, which a person put back
 */
async function wakeUpAt(
  world: HistoryWorld,
  { database, wal, nodes, moments }: Recording,
  commit: number,
  hasServerGoneOn: boolean,
): Promise<void> {
  const then = moments.find(({ walBytes }) => walBytes >= commit)?.nodes
  const present = hasServerGoneOn ? nodes : (then ?? nodes)
  world.drive.nodes.splice(0, world.drive.nodes.length, ...present)
  await world.wakeUpWith(database, wal.subarray(0, commit + TORN_BYTES), hasServerGoneOn)
  await world.comeToRest()
  const at = `commit ending at ${commit}, ${hasServerGoneOn ? 'put back' : 'power failed'}`
  expect(() => expectNothingLost(world), at).not.toThrow()
  expect(() => expectNothingTorn(world), at).not.toThrow()
  expect(() => expectNothingTwice(world), at).not.toThrow()
}

/** Wakes up at every n-th commit of a recorded run. Returns how often. */
export function wakeUpAtEach(every: number): Promise<number> {
  return inWorld({ onChange: 'upload-again', dedupe: false }, async (world) => {
    const recording = await record(world)
    const commits = commitsIn(recording.wal).filter((_, index) => index % every === 0)
    for (const commit of commits) {
      await wakeUpAt(world, recording, commit, false)
      await wakeUpAt(world, recording, commit, true)
    }
    return commits.length
  })
}
