/** The surroundings of a running Feidi: a simulated Feishu, a home and files, all thrown away at the end. */
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSettings } from '#main/store/settings-file.ts'
import { appSettingsSchema } from '#shared/contract/settings-schema.ts'
import { type DemoLinks, furnish } from '#test/simulator/furnish.ts'
import { type Simulator, startSimulator } from '#test/simulator/simulator.ts'

/** Slow enough to watch a file of some megabytes go up. */
const UPLINK_BYTES_PER_SECOND = 1024 * 1024

const MANY_ROWS = 100_000

/** A state to show: how the home comes to it. */
export interface Scene {
  readonly name: string
  /** One line for the list. */
  readonly shows: string
  /** False: the first steps come first. */
  readonly isWelcomed?: boolean
  prepare(stage: Stage): Promise<void>
}

export interface Stage {
  readonly scene: string
  readonly rows: number
  readonly simulator: Simulator
  readonly links: DemoLinks & { readonly folderToken: string }
  readonly home: string
  /** The folder of files to upload. */
  readonly folder: string
  /** The environment that leads a process of Feidi here, and to nothing of the person's own. */
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** @param rows how many a long queue has */
export async function openStage(scene: Scene, rows = MANY_ROWS): Promise<Stage> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'feidi-dev-')))
  const simulator = await startSimulator({ bytesPerSecond: UPLINK_BYTES_PER_SECOND })
  const links = await furnish(simulator)
  const [home, folder, state] = ['home', 'files', 'state'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ]
  await mkdir(folder)
  const stage: Stage = {
    scene: scene.name,
    rows,
    simulator,
    links,
    home,
    folder,
    env: { FEIDI_HOME: home, FEIDI_BASE_URL: simulator.baseUrl, XDG_STATE_HOME: state },
    async close() {
      await simulator.close()
      await rm(root, { recursive: true, force: true })
    },
  }
  try {
    openSettings(home).change('app', appSettingsSchema.prefault({}), (before) => ({
      ...before,
      welcomed: scene.isWelcomed ?? true,
    }))
    await scene.prepare(stage)
  } catch (error) {
    await stage.close()
    throw error
  }
  return stage
}
