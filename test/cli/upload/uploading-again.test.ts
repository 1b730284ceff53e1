import { rename, rm, utimes, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { KiB, openScene, type Scene } from '#test/kit/feidi/scene.ts'
import { expectBytes, expectOnce, filesNamed } from '#test/kit/feidi/uploads.ts'

/** Every call that brings something to the server. */
function uploadCalls({ simulator }: Scene): number {
  return simulator.calls.filter(({ endpoint }) => /upload_|create_folder/.test(endpoint)).length
}

describe.concurrent('the same command again', () => {
  it.for([
    { how: 'one call', alwaysInParts: false },
    { how: 'parts', alwaysInParts: true },
  ])('sends nothing when the file is up already ($how)', async ({ alwaysInParts }, test) => {
    const scene = await openScene(test, { alwaysInParts, blockSizeBytes: 64 * KiB })
    const file = await scene.write('a.bin', 200 * KiB)
    const first = await scene.upload([file.path])
    const calls = scene.simulator.calls.length
    const second = await scene.upload([file.path])
    expect(second.exitCode).toBe(0)
    expect(second.summary).toEqual({ done: 0, failed: 0, skipped: 1, unfinished: 0 })
    expect(second.transferOf(file.path)).toMatchObject({
      state: 'skipped',
      reason: { code: 'already-uploaded' },
      fileToken: first.transferOf(file.path)?.fileToken,
    })
    expect(scene.simulator.calls).toHaveLength(calls)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('uploads an unchanged file once more with --again', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 200 * KiB)
    await scene.upload([file.path])
    const again = await scene.upload([file.path], '--again')
    expect(again.exitCode).toBe(0)
    expect(again.summary).toEqual({ done: 1, failed: 0, skipped: 0, unfinished: 0 })
    const copies = filesNamed(scene.simulator, scene.folderToken, file.name)
    expect(copies).toHaveLength(2)
    for (const { token } of copies) await expectBytes(scene.simulator, token, file.bytes)
  })

  it('remembers --again over a kill: whoever carries on uploads the file once more', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 200 * KiB)
    await scene.upload([file.path])
    const killed = scene.start(['--json', 'upload', file.path, '--to', scene.to, '--again'])
    const end = scene.simulator.on('arrived', () => killed.signal('SIGKILL'))
    expect((await killed.ended).signal).toBe('SIGKILL')
    end()
    const resumed = await scene.run(['resume'])
    expect(resumed.summary).toEqual({ done: 1, failed: 0, skipped: 0, unfinished: 0 })
    expect(filesNamed(scene.simulator, scene.folderToken, file.name)).toHaveLength(2)
  })

  it('uploads a file that has changed', async (test) => {
    const scene = await openScene(test)
    const before = await scene.write('a.bin', 200 * KiB)
    const first = await scene.upload([before.path])
    const after = await scene.write('a.bin', 150 * KiB)
    const second = await scene.upload([after.path])
    expect(second.exitCode).toBe(0)
    expect(second.summary?.done).toBe(1)
    const tokens = [first, second].map((run) => run.transferOf(after.path)?.fileToken ?? '')
    await expectBytes(scene.simulator, tokens[0] ?? '', before.bytes)
    await expectBytes(scene.simulator, tokens[1] ?? '', after.bytes)
    expect(filesNamed(scene.simulator, scene.folderToken, 'a.bin')).toHaveLength(2)
  })

  it('uploads a file overwritten with other bytes of the same size', async (test) => {
    const scene = await openScene(test, { alwaysInParts: true, blockSizeBytes: 64 * KiB })
    const before = await scene.write('a.bin', 200 * KiB)
    await scene.upload([before.path])
    const bytes = Buffer.from(before.bytes)
    bytes[190 * KiB] = (bytes[190 * KiB] ?? 0) ^ 1
    const after = await scene.write('a.bin', bytes)
    const second = await scene.upload([after.path])
    expect(second.summary?.done).toBe(1)
    await expectBytes(scene.simulator, second.transferOf(after.path)?.fileToken ?? '', bytes)
  })

  it.for([
    { how: 'touched', alwaysInParts: false },
    { how: 'touched', alwaysInParts: true },
    { how: 'restored from a copy', alwaysInParts: true },
  ])(
    'sends nothing for a file that was only $how (in parts: $alwaysInParts)',
    async ({ how, alwaysInParts }, test) => {
      const scene = await openScene(test, { alwaysInParts, blockSizeBytes: 64 * KiB })
      const file = await scene.write('a.bin', 200 * KiB)
      await scene.upload([file.path])
      const calls = uploadCalls(scene)
      if (how === 'touched') await utimes(file.path, new Date(), new Date(Date.now() + 5_000))
      else {
        await writeFile(`${file.path}.copy`, file.bytes)
        await rm(file.path)
        await rename(`${file.path}.copy`, file.path)
      }
      const second = await scene.upload([file.path])
      expect(second.exitCode).toBe(0)
      expect(second.summary).toEqual({ done: 0, failed: 0, skipped: 1, unfinished: 0 })
      expect(uploadCalls(scene)).toBe(calls)
      await expectOnce(scene.simulator, scene.folderToken, file)
    },
  )

  it('`resume` after everything is done does nothing and says so', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 1000)
    await scene.upload([file.path])
    const calls = scene.simulator.calls.length
    const run = await scene.run(['resume'])
    expect(run.exitCode).toBe(0)
    expect(run.summary).toEqual({ done: 0, failed: 0, skipped: 0, unfinished: 0 })
    expect(scene.simulator.calls).toHaveLength(calls)
  })
})
