import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { TestContext } from 'vitest'
import { WindowMemory } from '#main/desktop/window-state.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { type AppSettings, appSettingsSchema } from '#shared/contract/settings-schema.ts'
import { rememberSlowLine } from '#test/kit/feidi/home.ts'
import { randomBytesOf } from '#test/kit/feidi/random-bytes.ts'
import { type SimulatorOptions, startSimulator } from '#test/simulator/simulator.ts'
import type { DesktopUnderTest, RunningDesktop, StartOptions } from './desktop-under-test.ts'
import { startOnElectron } from './on-electron.ts'
import { startOnStandIn } from './on-stand-in.ts'

export interface DesktopOptions extends SimulatorOptions, Partial<StartOptions> {
  readonly settings?: Partial<AppSettings>
  /** Without it, no account is signed in. */
  readonly account?: boolean
  readonly alwaysInParts?: boolean
  /** Closing the window to the tray is still to be explained. */
  readonly isNew?: boolean
}

/** A folder for pictures of the windows; the workflow on the real Electron keeps them. */
const PICTURES = process.env['FEIDI_TEST_PICTURES']

/** The same specs run on both; `npm run test:electron` asks for the real one. */
export const isReal = process.env['FEIDI_TEST_DESKTOP'] === 'electron'
const start = isReal ? startOnElectron : startOnStandIn

/** The desktop app in front of a simulated Feishu, past its first steps. */
export async function openDesktop(
  test: TestContext,
  options: DesktopOptions = {},
): Promise<DesktopUnderTest> {
  const { platform = process.platform, system } = options
  const isElsewhere = platform !== process.platform || system !== undefined
  if (isReal && isElsewhere) test.skip('only on the stand-in')
  const root = await realpath(await mkdtemp(join(tmpdir(), 'feidi-desktop-')))
  test.onTestFinished(() => rm(root, { recursive: true, force: true }))
  const simulator = await startSimulator({ rate: 'off', ...options })
  test.onTestFinished(() => simulator.close())
  const home = join(root, 'home')
  const folder = join(root, 'files')
  await mkdir(folder)
  const settings = { welcomed: true, language: 'en' as const, ...options.settings }
  const settingsFile = openSettings(home)
  settingsFile.change('app', appSettingsSchema.prefault({}), (before) => ({
    ...before,
    ...settings,
  }))
  if (options.isNew !== true) new WindowMemory(settingsFile, fail).remember({ trayExplained: true })
  if (options.alwaysInParts) rememberSlowLine(home, 1)
  const startOptions: StartOptions = {
    home,
    argv: [],
    workingDirectory: folder,
    languages: ['en-US'],
    ...options,
    env: {
      FEIDI_HOME: home,
      FEIDI_BASE_URL: simulator.baseUrl,
      XDG_CONFIG_HOME: join(root, 'config'),
      ...options.env,
    },
  }
  const begin = async (more: Partial<StartOptions> = {}): Promise<DesktopUnderTest> => {
    const running = await start({ ...startOptions, ...more })
    test.onTestFinished(() => running.close())
    // A spec may have ended the app: there is no picture then.
    const keep = () => keepPicture(running, test.task.name).catch(() => {})
    if (PICTURES !== undefined) test.onTestFinished(keep)
    const { page } = running
    return Object.assign(running, {
      async page() {
        const found = await page()
        await found.locator('#app > *').first().waitFor()
        return found
      },
      home,
      folder,
      simulator,
      to: `folder:${folderToken}`,
      async write(name: string, sizeBytes: number) {
        const path = join(folder, name)
        await mkdir(dirname(path), { recursive: true })
        const bytes = randomBytesOf(name, sizeBytes)
        await writeFile(path, bytes)
        return { path, name: basename(path), bytes }
      },
      restart: begin,
    })
  }
  const folderToken = simulator.createFolder('', 'Inbox')
  const desktop = await begin()
  if (options.account ?? true) await signIn(desktop)
  return desktop
}

/** Keeps how the window looked at the end of a spec, for a person to see. */
async function keepPicture(desktop: RunningDesktop, name: string): Promise<void> {
  const windows = await desktop.run(({ electron }) => electron.BrowserWindow.getAllWindows().length)
  if (windows === 0) return
  const file = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}-${Date.now()}.png`
  await (await desktop.page()).screenshot({ path: join(`${PICTURES}`, file), timeout: 5_000 })
}

function fail(error: unknown): never {
  throw error
}

/** As the page does it. */
async function signIn(desktop: DesktopUnderTest): Promise<void> {
  const page = await desktop.page()
  await page.evaluate(() =>
    window.feidi?.request('accounts.add-app', {
      appId: 'cli_demo',
      appSecret: 'demo-secret',
      brand: 'feishu',
    }),
  )
}
