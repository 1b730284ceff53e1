import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { MiB, openScene } from '#test/kit/feidi/scene.ts'
import { steadyMsUntil } from '#test/kit/feidi/steady-steps.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'

/** The longest wait of a person after Ctrl+C. */
const STOP_LIMIT_MS = 2_000

it('works on what is unfinished, and stops within two seconds in the middle of a part', async (test) => {
  const scene = await openScene(test, { alwaysInParts: true, blockSizeBytes: MiB, rate: 'off' })
  const file = await scene.write('film.mov', 4 * MiB)
  const stall = { kind: 'stall', where: 'answer', committed: false } as const
  scene.simulator.faults.add({ endpoint: 'files/upload_part', seq: 2, do: stall })
  const upload = scene.start(['--json', 'upload', file.path, '--to', scene.to])
  await scene.simulator.waitForCall(
    (call) => call.endpoint === 'files/upload_part' && call.seq === 2,
  )
  upload.signal('SIGKILL')
  await upload.ended

  scene.simulator.faults.add({ endpoint: 'files/upload_finish', do: stall })
  const serve = scene.start(['--json', 'serve', '--port', '0'])
  const serving = await serve.line((line) => line.type === 'serving')
  expect(serving['url']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
  const owner = await readFile(join(scene.home, 'owner.json'), 'utf8').catch(() => '')
  expect(owner).not.toContain('token=')
  await scene.simulator.waitForCall((call) => call.endpoint === 'files/upload_finish')
  const next = await scene.run(['link'])
  expect(next.lines.find(({ type }) => type === 'link')?.['url']).not.toBe(serving['url'])
  serve.signal('SIGINT')
  expect(await steadyMsUntil(serve.ended)).toBeLessThan(STOP_LIMIT_MS)
  const { exitCode, stderr } = await serve.ended
  expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' })

  const resumed = await scene.run(['resume'])
  expect(resumed.exitCode).toBe(0)
  await expectOnce(scene.simulator, scene.folderToken, file)
  expect(scene.simulator.callsTo('files/upload_prepare')).toHaveLength(1)
})

it('opens to others only with a password, which is no argument', async (test) => {
  const scene = await openScene(test)
  const { exitCode, lines } = await scene.run(['serve', '--host', '0.0.0.0', '--port', '0'])
  expect(exitCode).toBe(2)
  expect(JSON.stringify(lines)).toContain('FEIDI_WEB_PASSWORD')
})

it.each(['x', '-1', '65536', '1e3'])('refuses the port %s', async (port) => {
  const clearing: (() => unknown)[] = []
  const test = { onTestFinished: (clear: () => unknown) => clearing.push(clear) }
  try {
    const scene = await openScene(test as never)
    expect((await scene.run(['serve', `--port=${port}`])).exitCode).toBe(2)
  } finally {
    for (const clear of clearing.reverse()) await clear()
  }
})
