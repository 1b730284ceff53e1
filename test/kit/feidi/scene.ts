/** The needs of an end-to-end test: a folder with files, a home, a simulator, the command. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'vitest'
import { type Simulator, type SimulatorOptions, startSimulator } from '#test/simulator/simulator.ts'
import { type FeidiProcess, type FeidiResult, startFeidi } from './feidi-process.ts'
import { rememberSlowLine } from './home.ts'
import { randomBytesOf } from './random-bytes.ts'

export const KiB = 1024
export const MiB = 1024 * 1024

export interface SourceFile {
  readonly path: string
  readonly name: string
  readonly bytes: Buffer
}

interface StartOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly uid?: number
}

export interface Scene {
  readonly simulator: Simulator
  /** An empty Drive folder to upload to, and how to name it on the command line. */
  readonly folderToken: string
  readonly to: string
  /** The folder of the source files. */
  readonly folder: string
  readonly home: string
  /** Writes a file below the folder, with bytes that follow from its name and size. */
  write(name: string, content: number | Uint8Array): Promise<SourceFile>
  start(args: readonly string[], options?: StartOptions): FeidiProcess
  /** The environment a command of the scene needs, for tests that start one in another way. */
  readonly env: Readonly<Record<string, string>>
  /** Runs a command to its end, with `--json`. */
  run(args: readonly string[], options?: StartOptions): Promise<FeidiResult>
  /** `feidi upload PATHS --to` the scene's folder. */
  upload(paths: readonly string[], ...options: string[]): Promise<FeidiResult>
}

export interface SceneOptions extends SimulatorOptions {
  /** All files are uploaded in parts, even those that fit in one call: the line was found slow. */
  readonly alwaysInParts?: boolean
  /** Likewise, but files of up to so many bytes still go up in one call. */
  readonly singleCallBytes?: number
}

/** Sets a scene; it is cleared away when the test is over, with every process it started. */
export async function openScene(test: TestContext, options: SceneOptions = {}): Promise<Scene> {
  const root = await mkdtemp(join(tmpdir(), 'feidi-scene-'))
  test.onTestFinished(() => rm(root, { recursive: true, force: true }))
  const simulator = await startSimulator(options)
  test.onTestFinished(() => simulator.close())
  const folderToken = simulator.createFolder('', 'Inbox')
  const folder = join(root, 'files')
  const home = join(root, 'home')
  await mkdir(folder)
  const { alwaysInParts, singleCallBytes = alwaysInParts ? 1 : undefined } = options
  if (singleCallBytes !== undefined) rememberSlowLine(home, singleCallBytes)
  const ownEnv = {
    HOME: root,
    FEIDI_HOME: home,
    FEIDI_BASE_URL: simulator.baseUrl,
    FEIDI_APP_ID: 'cli_demo',
    FEIDI_APP_SECRET: 'demo-secret',
  }
  const start: Scene['start'] = (args, { env = {}, uid } = {}) => {
    const running = startFeidi(args, {
      env: { ...ownEnv, ...env },
      ...(uid !== undefined && { uid }),
    })
    test.onTestFinished(async () => {
      running.child.kill('SIGKILL')
      await running.ended
    })
    return running
  }
  const to = `folder:${folderToken}`
  return {
    simulator,
    folderToken,
    to,
    folder,
    home,
    env: ownEnv,
    start,
    write: (name, content) => writeSource(folder, name, content),
    run: (args, startOptions) => start(['--json', ...args], startOptions).ended,
    upload: (paths, ...more) => start(['--json', 'upload', ...paths, '--to', to, ...more]).ended,
  }
}

async function writeSource(
  folder: string,
  name: string,
  content: number | Uint8Array,
): Promise<SourceFile> {
  const bytes =
    typeof content === 'number'
      ? randomBytesOf(`${name} ${content}`, content)
      : Buffer.from(content)
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
  return { path, name, bytes }
}
