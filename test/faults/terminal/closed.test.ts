/** A command continues when its output can no longer be written, or its terminal is gone. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { FEIDI, feidiEnv } from '#test/kit/feidi/feidi-process.ts'
import { openScene, type Scene } from '#test/kit/feidi/scene.ts'

describe.runIf(existsSync('/dev/full'))('output on a full disk', () => {
  it('changes neither what is uploaded nor the exit code', async (test) => {
    const scene = await openScene(test)
    const files = ['a.txt', 'b.txt', 'c.txt'].map((name) => scene.write(name, 10))
    const paths = (await Promise.all(files)).map(({ path }) => path)
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [...FEIDI, 'upload', ...paths, '--to', scene.to], {
      env: feidiEnv(scene),
      stdio: ['ignore', full, full],
    })
    closeSync(full)
    expect(await once(child, 'close')).toEqual([0, null])
    expect(namesIn(scene)).toEqual(['a.txt', 'b.txt', 'c.txt'])
  })
})

// `script` of util-linux is a terminal that can be closed.
describe.runIf(process.platform === 'linux').concurrent('a terminal that is closed', () => {
  it('ends nothing that was started with nohup', async (test) => {
    const scene = await openScene(test)
    const terminal = await inTerminal(
      test,
      scene,
      `cd ${scene.home}/..; nohup ${watching(scene)}`,
      () => existsSync(join(scene.home, '..', 'nohup.out')),
    )
    await expectToGoOn(test, scene, terminal)
  })

  it('ends nothing whose shell told it so, though its output goes nowhere then', async (test) => {
    const scene = await openScene(test)
    const terminal = await inTerminal(test, scene, `trap '' HUP; ${watching(scene)}; true`)
    await expectToGoOn(test, scene, terminal)
  })

  it('stops all other work', async (test) => {
    const scene = await openScene(test)
    const terminal = await inTerminal(test, scene, `${watching(scene)}; true`)
    const { pid } = ownerOf(scene)
    terminal.kill('SIGKILL')
    await test.expect.poll(() => isAlive(pid)).toBe(false)
  })
})

function watching({ folder, to }: Scene): string {
  return `${[process.execPath, ...FEIDI].join(' ')} watch ${folder} --to ${to}`
}

/** Runs a line of shell in a terminal of its own, until Feidi watches. */
async function inTerminal(
  test: TestContext,
  scene: Scene,
  line: string,
  isReady: () => boolean = () => true,
): Promise<ChildProcess> {
  const terminal = spawn('script', ['-qfc', line, '/dev/null'], {
    env: feidiEnv(scene),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  test.onTestFinished(() => void terminal.kill('SIGKILL'))
  await test.expect.poll(() => existsSync(ownerFile(scene)) && isReady()).toBe(true)
  const { pid } = ownerOf(scene)
  test.onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  })
  return terminal
}

async function expectToGoOn(
  test: TestContext,
  scene: Scene,
  terminal: ChildProcess,
): Promise<void> {
  const { pid } = ownerOf(scene)
  terminal.kill('SIGKILL')
  await once(terminal, 'close')
  await scene.write('after.txt', 10)
  await test.expect.poll(() => namesIn(scene)).toEqual(['after.txt'])
  process.kill(pid, 'SIGTERM')
  await test.expect.poll(() => isAlive(pid)).toBe(false)
}

function ownerFile({ home }: Scene): string {
  return join(home, 'owner.json')
}

function ownerOf(scene: Scene): { pid: number } {
  return JSON.parse(readFileSync(ownerFile(scene), 'utf8')) as { pid: number }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function namesIn({ simulator, folderToken }: Scene): string[] {
  return simulator
    .files()
    .filter(({ parent }) => parent === folderToken)
    .map(({ name }) => name)
    .toSorted()
}
