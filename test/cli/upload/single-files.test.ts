import { describe, expect, it } from 'vitest'
import { KiB, MiB, openScene } from '#test/kit/feidi/scene.ts'
import { expectBytes, expectOnce, expectPolite, filesNamed } from '#test/kit/feidi/uploads.ts'

const SINGLE_CALL_LIMIT = 20 * MiB

describe.concurrent('one file', () => {
  it('is summed up on a thread of its own', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 24 * MiB)
    // No call waits for the thread: without this the upload could end before the thread begins.
    const gate = scene.simulator.hold({ endpoint: 'files/upload_part', seq: 3 })
    const feidi = scene.start(['upload', file.path, '--to', scene.to], {
      env: { NODE_DEBUG: 'worker' },
    })
    // Node's own words.
    await expect.poll(() => feidi.stderr).toMatch(/starts worker script \S+sums-worker/)
    gate.release()
    const { exitCode, stderr } = await feidi.ended
    expect(exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
    // A thread that failed would be started again for the next part.
    expect(stderr.match(/created Worker with ID/g)).toHaveLength(1)
  })

  it.for([
    { what: '1 byte', sizeBytes: 1 },
    { what: 'a small file', sizeBytes: 70_001 },
    { what: 'the most that one call takes', sizeBytes: SINGLE_CALL_LIMIT },
  ])('$what goes up in one call', async ({ sizeBytes }, test) => {
    const { simulator, folderToken, write, upload } = await openScene(test)
    const file = await write('报告 2026.bin', sizeBytes)
    const run = await upload([file.path])
    expect(run.summary).toEqual({ done: 1, failed: 0, skipped: 0, unfinished: 0 })
    expect(run.exitCode).toBe(0)
    const token = await expectOnce(simulator, folderToken, file)
    expect(run.transferOf(file.path)).toMatchObject({ state: 'done', sizeBytes, fileToken: token })
    expect(simulator.callsTo('files/upload_all')).toHaveLength(1)
    expect(simulator.callsTo('files/upload_prepare')).toHaveLength(0)
  })

  it.for([
    {
      what: 'one byte too much for one call',
      sizeBytes: SINGLE_CALL_LIMIT + 1,
      blockSizeBytes: 4 * MiB,
      parts: 6,
    },
    {
      what: 'an exact multiple of the block',
      sizeBytes: 24 * MiB,
      blockSizeBytes: 8 * MiB,
      parts: 3,
    },
    { what: 'blocks of 1 MiB', sizeBytes: 21 * MiB, blockSizeBytes: MiB, parts: 21 },
    { what: 'blocks of no round size', sizeBytes: 21 * MiB, blockSizeBytes: 5_000_001, parts: 5 },
    {
      what: 'a block bigger than the file',
      sizeBytes: 21 * MiB,
      blockSizeBytes: 32 * MiB,
      parts: 1,
    },
  ])('$what goes up in the server’s parts', async ({ sizeBytes, blockSizeBytes, parts }, test) => {
    const { simulator, folderToken, write, upload } = await openScene(test, { blockSizeBytes })
    const file = await write('film.mov', sizeBytes)
    const run = await upload([file.path])
    expect(run.exitCode).toBe(0)
    expect(run.summary).toEqual({ done: 1, failed: 0, skipped: 0, unfinished: 0 })
    await expectOnce(simulator, folderToken, file)
    const [transaction] = simulator.transactions()
    expect(simulator.transactions()).toHaveLength(1)
    expect(transaction?.receivedSeqs.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: parts }, (_, seq) => seq),
    )
    expectPolite(simulator)
  })

  it.for([
    { name: 'one call', sizeBytes: 100 * KiB, alwaysInParts: false },
    { name: 'parts', sizeBytes: 250 * KiB, alwaysInParts: true },
  ])('goes into a document as media in $name', async ({ sizeBytes, alwaysInParts }, test) => {
    const scene = await openScene(test, { alwaysInParts, blockSizeBytes: 100 * KiB })
    const file = await scene.write('附件.pdf', sizeBytes)
    const to = 'media:bitable_file:bascnDemo'
    const run = await scene.run(['upload', file.path, '--to', to])
    expect(run.exitCode).toBe(0)
    const token = await expectOnce(scene.simulator, 'bascnDemo', file)
    expect(run.transferOf(file.path)).toMatchObject({ state: 'done', fileToken: token })
    expect(scene.simulator.files()[0]).toMatchObject({
      family: 'medias',
      parentType: 'bitable_file',
    })
  })

  it('takes a folder link as destination', async (test) => {
    const { simulator, folderToken, write, run } = await openScene(test)
    const file = await write('a.txt', 10)
    for (const path of ['drive/folder', 'drive/shr']) {
      const link = `https://demo.feishu.cn/${path}/${folderToken}?from=share`
      const { exitCode } = await run(['upload', file.path, '--to', link])
      expect(exitCode).toBe(0)
    }
    await expectOnce(simulator, folderToken, file)
  })

  it('goes up with an access token alone, without asking for another', async (test) => {
    const { simulator, folderToken, to, write, run } = await openScene(test)
    const file = await write('a.txt', 1000)
    const env = {
      FEIDI_APP_ID: '',
      FEIDI_APP_SECRET: '',
      FEIDI_ACCESS_TOKEN: simulator.issueUserToken({ user: 'ou_li' }),
    }
    const { exitCode } = await run(['upload', file.path, '--to', to], { env })
    expect(exitCode).toBe(0)
    await expectOnce(simulator, folderToken, file)
    expect(simulator.callsTo('token')).toHaveLength(0)
    expect(filesNamed(simulator, folderToken, 'a.txt')[0]?.identity).toBe('user:ou_li')
  })

  it('is uploaded once when it is named twice', async (test) => {
    const { simulator, folderToken, write, upload, folder } = await openScene(test)
    const file = await write('a.txt', 1000)
    const run = await upload([file.path, file.path, `${folder}/./a.txt`])
    expect(run.exitCode).toBe(0)
    expect(run.summary).toEqual({ done: 1, failed: 0, skipped: 0, unfinished: 0 })
    await expectOnce(simulator, folderToken, file)
  })

  it('keeps two files of one name from two folders apart', async (test) => {
    const { simulator, folderToken, write, upload } = await openScene(test)
    const one = await write('one/a.txt', 1000)
    const two = await write('two/a.txt', 2000)
    const run = await upload([one.path, two.path])
    expect(run.exitCode).toBe(0)
    expect(run.summary?.done).toBe(2)
    expect(filesNamed(simulator, folderToken, 'a.txt')).toHaveLength(2)
    for (const file of [one, two]) {
      await expectBytes(simulator, run.transferOf(file.path)?.fileToken ?? '', file.bytes)
    }
  })

  it('goes in parts above the limit that was set, and a dry run knows', async (test) => {
    const { simulator, folderToken, write, upload } = await openScene(test, {
      blockSizeBytes: 64 * KiB,
    })
    const small = await write('small.bin', 64 * KiB)
    const large = await write('large.bin', 64 * KiB + 1)
    const limited = ['--single-call-limit', '64K']
    const plan = await upload([large.path], '--dry-run', ...limited)
    expect(plan.lines.find(({ type }) => type === 'plan')?.['calls']).toMatchObject({
      upload_prepare: 1,
      upload_finish: 1,
    })
    expect((await upload([small.path, large.path], ...limited)).exitCode).toBe(0)
    await expectOnce(simulator, folderToken, small)
    await expectOnce(simulator, folderToken, large)
    expect(simulator.callsTo('files/upload_all')).toHaveLength(1)
    expect(simulator.callsTo('files/upload_part')).toHaveLength(2)
    for (const wrong of ['21M', '-1', 'none']) {
      const run = await upload([small.path], `--single-call-limit=${wrong}`)
      expect(run.exitCode).toBe(2)
    }
  })
})
