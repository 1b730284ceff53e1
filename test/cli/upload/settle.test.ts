/** An answer was lost, a file of that name has appeared, and nothing may be compared: the person is asked. */
import { expect, it } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { openScene } from '#test/kit/feidi/scene.ts'
import { expectBytes, filesNamed } from '#test/kit/feidi/uploads.ts'

const THEIRS = Buffer.from('theirs')

it('names the files in question, and settles them as the person says', async (test) => {
  const scene = await openScene(test, { rate: 'off' })
  const { simulator, home, to, folderToken } = scene
  const [mine, other] = [await scene.write('mine.bin', 1000), await scene.write('other.bin', 1000)]
  // Ours is there, its answer lost; of the other one a colleague's is, and ours is not.
  simulator.faults.add({
    endpoint: 'files/upload_all',
    fileName: 'mine.bin',
    do: { kind: 'lose-answer' },
  })
  const gate = simulator.hold({ endpoint: 'files/upload_all', fileName: 'other.bin' })
  simulator.faults.add({
    endpoint: 'files/download',
    times: 'always',
    do: { kind: 'answer', status: 400, code: 99991672 },
  })
  const working = work({
    ...{ baseUrl: simulator.baseUrl, home, to, clock: fastClock(simulator) },
    paths: [mine.path, other.path],
    lanes: 'serial',
  })
  await gate.reached
  await simulator.addFile({ parentToken: folderToken, name: 'other.bin', bytes: THEIRS })
  gate.abandon()
  await working

  const named = await scene.run(['--json', 'settle'])
  expect(named.exitCode).toBe(1)
  const { lines } = named
  expect(lines.map(({ type, path }) => [type, path])).toEqual([
    ['uncertain', mine.path],
    ['uncertain', other.path],
  ])
  const [ours] = (lines[0]?.['candidates'] ?? []) as { fileToken: string }[]
  const uploads = simulator.callsTo('files/upload_all').length

  expect((await scene.run(['settle', mine.path, '--mine'])).exitCode).toBe(0)
  expect(simulator.callsTo('files/upload_all')).toHaveLength(uploads)
  await expectBytes(simulator, ours?.fileToken ?? '', mine.bytes)

  expect((await scene.run(['settle', '--again'])).exitCode).toBe(0)
  expect(filesNamed(simulator, folderToken, 'mine.bin')).toHaveLength(1)
  expect(filesNamed(simulator, folderToken, 'other.bin')).toHaveLength(2)
  expect((await scene.run(['settle'])).exitCode).toBe(0)
})
