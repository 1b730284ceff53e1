import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openFollowBench } from './follow-bench.ts'

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
)

type Bench = ReturnType<typeof openFollowBench>
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

function move(bench: Bench, from: string, to: string): void {
  if (!existsSync(bench.at(from)) || existsSync(bench.at(to))) return
  mkdirSync(dirname(bench.at(to)), { recursive: true })
  renameSync(bench.at(from), bench.at(to))
}

async function live(bench: Bench, what: Act, theirs: Set<string>): Promise<void> {
  switch (what.do) {
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

it('touches nothing of a colleague, and brings the rest to where it is here', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 14 }), async (acts) => {
      const bench = openFollowBench()
      const theirs = new Set<string>()
      for (const each of FOLDERS) bench.write(`${each}1`, `first ${each}`)
      await bench.look()
      for (const each of acts) {
        await live(bench, each, theirs)
        await bench.service.sweepOnce()
      }
      for (let round = 0; round < 4; round++) {
        await bench.approve()
        await bench.look()
        bench.passHours(25)
      }
      expect(bench.drive.changes.filter((change) => change.includes('ou_han'))).toEqual([])
      for (const token of theirs) expect(bench.drive.nodes.has(token)).toBe(true)
      const local = readdirSync(bench.root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`.slice(bench.root.length + 1))
      const lost = local.filter((each) => !bench.remote.includes(each))
      expect(lost).toEqual([])
      const open = bench.steps().filter(({ state }) => state === 'planned' || state === 'calling')
      expect(open.filter(({ kind }) => kind !== 'replace')).toEqual([])
      await bench.service.stop()
    }),
    { numRuns: 8, interruptAfterTimeLimit: 8_000 },
  )
})
