import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { WatchProblem } from '#shared/model/watch-rule.ts'
import { openFollowBench, PERSON } from './follow-bench.ts'

const FOLDERS = ['', 'a/', 'b/', 'a/c/'] as const
const path = fc
  .tuple(fc.constantFrom(...FOLDERS), fc.constantFrom('1', '2', '3'))
  .map(([folder, name]) => folder + name)

const act = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    path,
    content: fc.constantFrom('x', 'yy', 'zzz'),
  }),
  fc.record({ do: fc.constant('move' as const), path, to: path }),
  fc.record({ do: fc.constant('delete' as const), path }),
  fc.record({
    do: fc.constant('rename-folder' as const),
    from: fc.constantFrom('a', 'b', 'a/c'),
    to: fc.constantFrom('d', 'b', 'e/f'),
  }),
  fc.record({ do: fc.constant('colleague' as const), nth: fc.nat(20) }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(5, 25) }),
  fc.record({ do: fc.constant('approve' as const) }),
  fc.record({ do: fc.constant('rename-everything' as const) }),
  fc.record({ do: fc.constantFrom('drive-leaves' as const, 'drive-returns' as const) }),
  fc.record({ do: fc.constantFrom('lock' as const, 'unlock' as const) }),
)

/** Files in this folder can not be opened while it is locked. */
const LOCKED = 'a/'

/** The state of the world beside the files. */
interface World {
  readonly bench: Bench
  readonly lock: { isOn: boolean }
  /** Files of a colleague, and files of ours that one has changed. */
  readonly theirs: Set<string>
}

type Bench = ReturnType<typeof openFollowBench>
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

function move(bench: Bench, from: string, to: string): void {
  if (!existsSync(bench.at(from)) || existsSync(bench.at(to))) return
  mkdirSync(dirname(bench.at(to)), { recursive: true })
  renameSync(bench.at(from), bench.at(to))
}

/** The watched folder is a drive that goes, and leaves its mount point behind. */
const awayOf = ({ root }: Bench) => `${root}-away`
const isAway = (bench: Bench) => existsSync(awayOf(bench))

function bringBack(bench: Bench): void {
  if (!isAway(bench)) return
  rmSync(bench.root, { recursive: true })
  renameSync(awayOf(bench), bench.root)
}

const NEEDS_THE_DRIVE = new Set(['write', 'move', 'delete', 'rename-folder', 'rename-everything'])

async function live({ bench, lock, theirs }: World, what: Act): Promise<void> {
  if (isAway(bench) && NEEDS_THE_DRIVE.has(what.do)) return
  switch (what.do) {
    case 'rename-everything':
      for (const each of localFiles(bench)) move(bench, each, `${each}.locked`)
      break
    case 'drive-leaves':
      if (isAway(bench)) break
      renameSync(bench.root, awayOf(bench))
      mkdirSync(bench.root)
      break
    case 'drive-returns':
      bringBack(bench)
      break
    case 'lock':
    case 'unlock':
      lock.isOn = what.do === 'lock'
      break
    case 'write':
      bench.write(what.path, `${what.path} ${what.content}`)
      break
    case 'move':
      move(bench, what.path, what.to)
      break
    case 'delete':
      bench.remove(what.path)
      break
    case 'rename-folder':
      move(bench, what.from, what.to)
      break
    case 'colleague': {
      // A file of their own, in some folder, and another content for one of ours.
      const nodes = [...bench.drive.nodes.values()]
      const folder = nodes.filter(({ type }) => type === 'folder')[what.nth % 3]
      const file = nodes.filter(({ type, owner }) => type === 'file' && owner === 'ou_li')[what.nth]
      theirs.add(bench.drive.add(folder?.token ?? 'root', 'theirs', { owner: 'ou_han' }))
      if (file === undefined) break
      bench.drive.touch(file.token, { modifiedAtMs: bench.clock.nowMs() + 3_600_000_000 })
      theirs.add(file.token)
      break
    }
    case 'wait':
      bench.passHours(what.hours)
      break
    case 'approve':
      await bench.approve()
  }
}

function localFiles({ root }: Bench): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length + 1))
}

/** Tells a file or folder that is out of sight from a rule that waits for a person. */
const isUnreadable = ({ error }: WatchProblem) => !String(error.code).startsWith('follow-')

/** Opens a bench whose locked folder has files that can not be opened. */
function openWorld(): World {
  const lock = { isOn: false }
  const bench: Bench = openFollowBench({}, PERSON, async (path) => {
    if (!lock.isOn || !path.startsWith(bench.at(LOCKED))) return
    throw Object.assign(new Error('no'), { code: 'EACCES', syscall: 'open' })
  })
  return { bench, lock, theirs: new Set() }
}

it('touches nothing of a colleague, and brings the rest to where it is here', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 14 }), async (acts) => {
      const world = openWorld()
      const { bench, lock, theirs } = world
      for (const each of FOLDERS) bench.write(`${each}1`, `first ${each}`)
      await bench.look()
      for (const each of acts) {
        const before = bench.drive.changes.length
        await live(world, each)
        await bench.service.sweepOnce()
        const isQuiet = isAway(bench) || bench.service.problems().some(isUnreadable)
        if (isQuiet) expect(bench.drive.changes.length).toBe(before)
      }
      bringBack(bench)
      lock.isOn = false
      for (let round = 0; round < 4; round++) {
        await bench.approve()
        await bench.look()
        bench.passHours(25)
      }
      expect(bench.drive.changes.filter((change) => change.includes('ou_han'))).toEqual([])
      for (const token of theirs) expect(bench.drive.nodes.has(token)).toBe(true)
      const lost = localFiles(bench).filter((each) => !bench.remote.includes(each))
      expect(lost).toEqual([])
      const open = bench.steps().filter(({ state }) => state === 'planned' || state === 'calling')
      expect(open.filter(({ kind }) => kind !== 'replace')).toEqual([])
      await bench.service.stop()
    }),
    { numRuns: 8, interruptAfterTimeLimit: 8_000 },
  )
})
