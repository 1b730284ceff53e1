/** Places that change under our hands: full, deleted, with namesakes in them, or on another clock. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fastClock } from '#test/kit/feidi/fast-clock.ts'
import { work } from '#test/kit/feidi/in-process.ts'
import { KiB, openScene } from '#test/kit/feidi/scene.ts'
import { expectBytes, expectOnce, filesNamed } from '#test/kit/feidi/uploads.ts'

const HOUR_MS = 3_600_000

describe.concurrent('a folder', () => {
  it('that is full takes what fits; the rest is told so, and goes up when there is room', async (test) => {
    const scene = await openScene(test, { driveLimits: { maxChildren: 4 }, rate: 'off' })
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const files = await Promise.all(names.map((name) => scene.write(name, 100)))
    const paths = files.map(({ path }) => path)
    const run = await scene.upload(paths, '--lanes', 'serial')
    expect(run.exitCode).toBe(1)
    expect(run.summary).toEqual({ done: 4, failed: 0, skipped: 0, unfinished: 3 })
    expect(run.transferOf(paths[6] ?? '')?.error).toMatchObject({ code: 1_062_507 })
    // The one that is refused, and the one beside it.
    expect(scene.simulator.callsTo('files/upload_all').length).toBeLessThanOrEqual(6)
    for (const { token } of scene.simulator.childrenOf(scene.folderToken)) {
      scene.simulator.removeNode(token)
    }
    const again = await scene.run(['resume'])
    expect(again.exitCode).toBe(0)
    for (const file of files.slice(4)) await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('deeper than Drive allows: only what is down there fails', async (test) => {
    const scene = await openScene(test, { driveLimits: { maxDepth: 3 } })
    const shallow = await scene.write('1/2/ok.txt', 10)
    const deep = await scene.write('1/2/3/4/deep.txt', 10)
    const run = await scene.upload([join(scene.folder, '1')])
    expect(run.exitCode).toBe(1)
    expect(run.summary).toEqual({ done: 1, failed: 1, skipped: 0, unfinished: 0 })
    expect(run.transferOf(deep.path)?.error).toMatchObject({ code: 1_062_506 })
    expect(run.transferOf(shallow.path)?.state).toBe('done')
  })

  it.for(['files/upload_part', 'files/upload_finish'])(
    'that is deleted before %s takes effect is made anew',
    async (endpoint, test) => {
      const scene = await openScene(test, { blockSizeBytes: KiB, alwaysInParts: true, rate: 'off' })
      const file = await scene.write('box/a.bin', 3 * KiB)
      const gate = scene.simulator.hold({ endpoint })
      const { baseUrl } = scene.simulator
      const clock = fastClock(scene.simulator)
      const request = {
        baseUrl,
        home: scene.home,
        paths: [join(scene.folder, 'box')],
        to: scene.to,
        clock,
      }
      const working = work(request)
      await gate.reached
      const [box] = scene.simulator.childrenOf(scene.folderToken)
      scene.simulator.removeNode(box?.token ?? '')
      gate.release()
      const { end, stateOf } = await working
      expect(end).toEqual({ kind: 'settled' })
      expect(stateOf(file.path)?.kind).toBe('done')
      const boxes = scene.simulator.childrenOf(scene.folderToken)
      expect(boxes.map(({ name }) => name)).toEqual(['box'])
      await expectOnce(scene.simulator, boxes[0]?.token ?? '', { ...file, name: 'a.bin' })
    },
  )
})

describe.concurrent('a file of the same name', () => {
  it.for([
    {
      what: 'and an upload that did not arrive',
      fault: { kind: 'reset', where: 'after-body' } as const,
    },
    { what: 'and an answer that was lost', fault: { kind: 'lose-answer' } as const },
  ])(
    'that somebody put there before, $what: ours is there beside it, once',
    async ({ fault }, test) => {
      const scene = await openScene(test, { rate: 'off' })
      const theirs = Buffer.from('theirs')
      const token = await scene.simulator.addFile({
        parentToken: scene.folderToken,
        name: 'a.bin',
        bytes: theirs,
      })
      const file = await scene.write('a.bin', 1000)
      scene.simulator.faults.add({ endpoint: 'files/upload_all', do: fault })
      const { stateOf } = await work({
        baseUrl: scene.simulator.baseUrl,
        home: scene.home,
        paths: [file.path],
        to: scene.to,
        clock: fastClock(scene.simulator),
      })
      const state = stateOf(file.path)
      const ours = state?.kind === 'done' ? state.fileToken : ''
      expect(ours).not.toBe(token)
      await expectBytes(scene.simulator, ours, file.bytes)
      await expectBytes(scene.simulator, token, theirs)
      expect(filesNamed(scene.simulator, scene.folderToken, 'a.bin')).toHaveLength(2)
    },
  )

  it('that we uploaded from another folder does not pass for this one', async (test) => {
    const scene = await openScene(test, { rate: 'off' })
    const one = await scene.write('one/a.bin', 1000)
    const two = await scene.write('two/a.bin', 1000)
    scene.simulator.faults.add({
      endpoint: 'files/upload_all',
      times: 2,
      do: { kind: 'lose-answer' },
    })
    const { stateOf } = await work({
      baseUrl: scene.simulator.baseUrl,
      home: scene.home,
      paths: [one.path, two.path],
      to: scene.to,
      clock: fastClock(scene.simulator),
    })
    expect(filesNamed(scene.simulator, scene.folderToken, 'a.bin')).toHaveLength(2)
    for (const file of [one, two]) {
      const state = stateOf(file.path)
      await expectBytes(scene.simulator, state?.kind === 'done' ? state.fileToken : '', file.bytes)
    }
  })
})

describe.concurrent('a server whose clock', () => {
  it.for([
    { what: 'is an hour behind ours', offsetMs: -HOUR_MS },
    { what: 'is an hour ahead of ours', offsetMs: HOUR_MS },
  ])(
    '$what: a file whose answer died with us is found all the same',
    async ({ offsetMs }, test) => {
      const scene = await openScene(test, { clock: { startMs: Date.now() + offsetMs } })
      const file = await scene.write('a.bin', 1000)
      const gate = scene.simulator.hold({ endpoint: 'files/upload_all', when: 'after-commit' })
      const feidi = scene.start(['--json', 'upload', file.path, '--to', scene.to])
      await gate.reached
      feidi.signal('SIGKILL')
      await feidi.ended
      gate.abandon()
      expect((await scene.upload([file.path])).exitCode).toBe(0)
      await expectOnce(scene.simulator, scene.folderToken, file)
      expect(scene.simulator.callsTo('files/upload_all')).toHaveLength(1)
    },
  )
})
