/** The behaviour scripts rely on: exit codes, the lines of `--json`, and no need of a reader. */
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { isTransferLine } from '#test/kit/feidi/feidi-process.ts'
import { KiB, openScene } from '#test/kit/feidi/scene.ts'
import { expectOnce } from '#test/kit/feidi/uploads.ts'

const STATES = ['queued', 'preparing', 'sending', 'finishing', 'attaching', 'waiting', 'done']

describe.concurrent('the lines of --json', () => {
  it('tell each transfer’s states in order, its bytes growing, and end with the summary', async (test) => {
    const scene = await openScene(test, { alwaysInParts: true, blockSizeBytes: 100 * KiB })
    const file = await scene.write('a.bin', 450 * KiB)
    const { lines, stdout } = await scene.upload([file.path])
    expect(stdout.trimEnd().split('\n')).toHaveLength(lines.length)
    const transfers = lines.filter(isTransferLine)
    for (const line of transfers) {
      expect(line).toMatchObject({ path: file.path, sizeBytes: 450 * KiB, id: transfers[0]?.id })
      expect(STATES).toContain(line.state)
    }
    const order = transfers.map(({ state }) => STATES.indexOf(state))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    const sent = transfers.map(({ sentBytes }) => sentBytes)
    expect(sent).toEqual(sent.toSorted((a, b) => a - b))
    expect(sent.at(-1)).toBe(450 * KiB)
    expect(lines.filter(({ type }) => type === 'summary')).toHaveLength(1)
    expect(lines.at(-1)).toEqual({ type: 'summary', done: 1, failed: 0, skipped: 0, unfinished: 0 })
  })

  it('name the code, the message, the remedy and the log id of a failure', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 100)
    scene.simulator.faults.add({
      endpoint: 'files/upload_all',
      do: { kind: 'answer', status: 400, code: 1_061_043 },
    })
    const run = await scene.upload([file.path])
    expect(run.exitCode).toBe(1)
    expect(run.summary).toEqual({ done: 0, failed: 1, skipped: 0, unfinished: 0 })
    expect(run.transferOf(file.path)?.error).toMatchObject({
      code: 1_061_043,
      message: expect.stringMatching(/larger/),
      remedy: expect.stringMatching(/split/),
      logId: expect.stringMatching(/\w+/),
    })
  })

  it('say what is waited for, and until when', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 100)
    scene.simulator.faults.add({
      endpoint: 'files/upload_all',
      do: {
        kind: 'answer',
        status: 429,
        code: 99_991_400,
        headers: { 'x-ogw-ratelimit-reset': '1' },
      },
    })
    const run = await scene.upload([file.path])
    expect(run.exitCode).toBe(0)
    const waiting = run.lines.find(({ type }) => type === 'waiting')
    expect(waiting).toMatchObject({ reason: 'rate-limit', untilMs: expect.any(Number) })
    const [refused, accepted] = scene.simulator.callsTo('files/upload_all')
    expect((accepted?.atMs ?? 0) - (refused?.atMs ?? 0)).toBeGreaterThanOrEqual(1_000)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('hold no secret, nor does anything else that is said or stored', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 100)
    const run = await scene.upload([file.path])
    expect(run.stdout + run.stderr).not.toContain('demo-secret')
    expect(run.stdout + run.stderr).not.toMatch(/\bt-[0-9a-f]{20}/)
  })
})

describe.concurrent('exit codes', () => {
  it.for([
    { what: 'no destination', args: ['upload', 'a.txt'], exitCode: 2 },
    { what: 'no paths', args: ['upload', '--to', 'folder:x'], exitCode: 2 },
    { what: 'an unknown command', args: ['download', 'x'], exitCode: 2 },
    {
      what: 'a destination that is none',
      args: ['upload', 'a.txt', '--to', 'somewhere'],
      exitCode: 2,
    },
    { what: 'lanes that make no sense', args: ['--lanes', 'many', 'resume'], exitCode: 2 },
    { what: 'help', args: ['--help'], exitCode: 0 },
    { what: 'the version', args: ['--version'], exitCode: 0 },
    { what: 'status of a home that was never used', args: ['status'], exitCode: 0 },
  ])('$exitCode for $what', async ({ args, exitCode }, test) => {
    const scene = await openScene(test)
    const { exitCode: found, stdout, stderr } = await scene.start(args).ended
    expect(found, stderr).toBe(exitCode)
    expect(stdout + stderr).not.toBe('')
    expect(scene.simulator.calls).toHaveLength(0)
  })

  it('3 without credentials, with wrong ones, and without the right to the folder', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 100)
    const none = { env: { FEIDI_APP_ID: '', FEIDI_APP_SECRET: '' } }
    expect((await scene.run(['upload', file.path, '--to', scene.to], none)).exitCode).toBe(3)
    const wrong = { env: { FEIDI_APP_SECRET: 'guessed' } }
    const refused = await scene.run(['upload', file.path, '--to', scene.to], wrong)
    expect(refused.exitCode).toBe(3)
    expect(refused.stdout + refused.stderr).not.toContain('guessed')
    scene.simulator.faults.add({
      endpoint: 'files/upload_all',
      do: { kind: 'answer', status: 403, code: 1_061_004 },
    })
    const blocked = await scene.upload([file.path])
    expect(blocked.exitCode).toBe(3)
    expect(blocked.transferOf(file.path)?.state).toBe('blocked')
    expect(blocked.summary).toEqual({ done: 0, failed: 0, skipped: 0, unfinished: 1 })
    expect((await scene.upload([file.path])).exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('1 when the folder does not exist; the others are not even tried', async (test) => {
    const scene = await openScene(test)
    const files = await Promise.all(['a', 'b', 'c', 'd'].map((name) => scene.write(name, 10)))
    const run = await scene.run([
      'upload',
      ...files.map(({ path }) => path),
      '--to',
      'folder:fldNowhere',
    ])
    expect(run.exitCode).toBe(1)
    expect(run.summary).toEqual({ done: 0, failed: 0, skipped: 0, unfinished: 4 })
    expect(scene.simulator.callsTo('files/list').length).toBeLessThan(4)
    expect(scene.simulator.files()).toEqual([])
  })

  it('75 when nothing gets through for longer than it may wait', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 100)
    // A port without a listener.
    const env = { FEIDI_BASE_URL: 'http://127.0.0.1:9' }
    const run = await scene.run(['--max-wait', '1s', 'upload', file.path, '--to', scene.to], {
      env,
    })
    expect(run.exitCode).toBe(75)
    expect(run.summary).toEqual({ done: 0, failed: 0, skipped: 0, unfinished: 1 })
    expect(run.lines.some(({ type, reason }) => type === 'waiting' && reason === 'network')).toBe(
      true,
    )
    expect((await scene.run(['resume'])).exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })
})

describe.concurrent('a home', () => {
  it('that another process uses: exit code 2, it says who, and leaves that one alone', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 100)
    const gate = scene.simulator.hold({ endpoint: 'files/upload_all' })
    const owner = scene.start(['--json', 'upload', file.path, '--to', scene.to])
    await gate.reached
    const second = await scene.upload([file.path])
    expect(second.exitCode).toBe(2)
    expect(second.lines.at(-1)).toMatchObject({ type: 'error', error: { code: 'home-in-use' } })
    expect(second.stdout).toContain(`${owner.child.pid}`)
    const status = await scene.run(['status'])
    expect(status.lines.at(-1)).toMatchObject({
      owner: { pid: owner.child.pid },
      transfers: { sending: 1 },
    })
    gate.release()
    expect((await owner.ended).exitCode).toBe(0)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('of a newer Feidi: exit code 2, and not a byte of it changes', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 100)
    await scene.upload([file.path])
    const database = join(scene.home, 'feidi.db')
    const version = setVersion(database, 999)
    const run = await scene.upload([file.path], '--again')
    expect(run.exitCode).toBe(2)
    expect(run.lines.at(-1)).toMatchObject({ error: { code: 'store-newer' } })
    setVersion(database, version)
    expect((await scene.upload([file.path])).summary?.skipped).toBe(1)
    await expectOnce(scene.simulator, scene.folderToken, file)
  })

  it('of an unreleased build: exit code 2, it is set aside, and the next run begins with a new one', async (test) => {
    const scene = await openScene(test)
    const file = await scene.write('a.bin', 100)
    await scene.upload([file.path])
    setVersion(join(scene.home, 'feidi.db'), 14)
    const run = await scene.run(['status'])
    expect(run.exitCode).toBe(2)
    expect(run.lines.at(-1)).toMatchObject({ error: { code: 'home-set-aside' } })
    const [aside = ''] = /\/[^"（(]+\.unreleased-[\dTZ-]+/.exec(run.stdout) ?? []
    expect(setVersion(join(aside, 'feidi.db'), 15)).toBe(14)
    expect((await scene.upload([file.path], '--same-name', 'skip')).summary?.skipped).toBe(1)
  })
})

/** Returns the version it had before. */
function setVersion(file: string, version: number): number {
  const database = new DatabaseSync(file)
  const before = database.prepare('PRAGMA user_version').get()
  database.exec(`PRAGMA user_version = ${version}`)
  database.close()
  return Number(before?.['user_version'])
}

describe.concurrent('output that nobody reads', () => {
  it.for([['--json'], []])('does not stop the work (%s)', async (flags, test) => {
    const scene = await openScene(test)
    const files = await Promise.all(['a', 'b', 'c'].map((name) => scene.write(name, 1000)))
    const gate = scene.simulator.hold({ endpoint: 'files/upload_all' })
    const paths = files.map(({ path }) => path)
    const feidi = scene.start([...flags, 'upload', ...paths, '--to', scene.to])
    await gate.reached
    feidi.child.stdout?.destroy()
    feidi.child.stderr?.destroy()
    gate.release()
    const [exitCode] =
      feidi.child.exitCode === null ? await once(feidi.child, 'exit') : [feidi.child.exitCode]
    expect(exitCode).toBe(0)
    for (const file of files) await expectOnce(scene.simulator, scene.folderToken, file)
  })
})
