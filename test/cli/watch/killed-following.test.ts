import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openScene } from '#test/kit/feidi/scene.ts'
import { addPerson, LI } from '#test/kit/feidi/signed-in.ts'
import type { HoldTarget } from '#test/simulator/gates.ts'
import { pathsBelow } from './kit.ts'

const HOUR_MS = 3_600_000
/** No credentials but those of the home. */
const env = { FEIDI_APP_ID: '', FEIDI_APP_SECRET: '' }

it('a rule that follows, killed at its calls, moves and deletes once, and only what is its own', async (test) => {
  const scene = await openScene(test, { rate: 'off' })
  const { simulator, folder } = scene
  await addPerson(scene.home, simulator, LI, ['offline_access', 'drive:drive'])
  for (const name of ['moved.txt', 'deleted.txt', 'kept.txt']) await scene.write(name, 100)
  const watch = ['watch', folder, '--to', scene.to, '--settle', '0.1s', '--follow']
  const once = () => scene.run([...watch, '--once'], { env })
  const killedAt = async (target: HoldTarget) => {
    const gate = simulator.hold(target)
    const running = scene.start(['--json', ...watch], { env })
    await gate.reached
    running.child.kill('SIGKILL')
    await running.ended
    if (target.when === 'after-commit') gate.release()
    else gate.abandon()
  }
  const first = await once()
  expect(first.exitCode, first.stdout).toBe(0)
  const theirs = { parentToken: scene.folderToken, bytes: Buffer.from('theirs') }
  for (const name of ['moved.txt', 'deleted.txt']) await simulator.addFile({ ...theirs, name })
  simulator.resetCounters()

  await mkdir(join(folder, 'sub'))
  await rename(join(folder, 'moved.txt'), join(folder, 'sub/new.txt'))
  await killedAt({ endpoint: 'files/move' })
  await killedAt({ endpoint: 'files/rename', when: 'after-commit' })

  await rm(join(folder, 'deleted.txt'))
  // One change in three files is all that no person is asked about.
  expect((await once()).exitCode).toBe(1)
  await scene.run(['rules', 'approve', folder])
  simulator.clock.advance(25 * HOUR_MS)
  await killedAt({ endpoint: 'files/delete', when: 'after-commit' })
  const last = await once()
  expect(last.exitCode, last.stdout).toBe(0)

  expect(pathsBelow(scene)).toEqual({
    'deleted.txt': 1,
    'kept.txt': 1,
    'moved.txt': 1,
    'sub/new.txt': 1,
  })
  for (const name of ['moved.txt', 'deleted.txt']) {
    const [node] = simulator.tree()[`Inbox/${name}`] ?? []
    expect((await simulator.bytesOf(node?.token ?? '')).toString()).toBe('theirs')
  }
  const effects = (endpoint: string) =>
    simulator.callsTo(endpoint).filter(({ fate }) => fate === 'committed').length
  expect(['files/move', 'files/rename', 'files/delete', 'files/upload_all'].map(effects)).toEqual([
    1, 1, 1, 0,
  ])
  const shown = await scene.run(['rules', 'show', folder])
  expect(shown.lines.filter(({ type }) => type === 'follow')).toEqual([])
}, 200_000)
