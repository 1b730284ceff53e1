import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { SlowestTests } from './test/kit/slowest-tests.ts'

const LEAST_ROOM_BYTES = 2 * 1024 ** 3

const TEMPORARY = temporaryFolder()

const shared = {
  env: {
    TMPDIR: TEMPORARY,
    // Programs that tests start are compiled once.
    NODE_COMPILE_CACHE: join(TEMPORARY, 'compile-cache'),
    // Homes of tests are not noted among those of the person who runs them.
    XDG_STATE_HOME: join(TEMPORARY, 'state'),
  },
  // electron-store imports `electron`, which is no module outside Electron.
  alias: { electron: resolve('test/desktop/stand-in/no-electron.ts') },
  server: { deps: { inline: ['electron-store'] } },
  // Files share a process: what they import is loaded once. None of them changes what others see.
  isolate: false,
  // A test that hangs ends; a busy machine, three times as slow as an idle one, has its time.
  testTimeout: 180_000,
  hookTimeout: 30_000,
  // What is waited for comes; how soon is for the benchmarks to say, not for a busy machine.
  expect: { poll: { timeout: 30_000 } },
}

const tests = (...folders: string[]) => folders.map((folder) => `test/${folder}/**/*.test.ts`)

/** The folders of the other projects; everything else is a unit test. */
const COMMAND = tests('cli')
const FAULTS = tests('faults')
const APP = tests('app', 'web')
const DESKTOP = tests('desktop')

/** Tests that take a share of their cases, and all of them in `npm run test:deep` (`test/kit/thorough.ts`). */
const SWEEPS = [
  'attach/killed-at-random',
  'attach/lost-answers',
  'engine/attach-failures',
  'engine/ith-failure',
  'kill/at-random',
].map((name) => `test/faults/${name}.test.ts`)

const BUILD_COMMAND = 'test/kit/feidi/build-command.ts'
const BUILD_PAGES = 'test/app/build-renderer.ts'

export default defineConfig({
  test: {
    // Many tests wait most of their time.
    maxWorkers: availableParallelism() + 1,
    reporters: ['default', new SlowestTests()],
    projects: [
      // No browser and no build: one file of these takes about a second.
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...COMMAND, ...FAULTS, ...APP, ...DESKTOP],
        },
      },
      { test: { ...shared, name: 'cli', include: COMMAND, globalSetup: BUILD_COMMAND } },
      { test: { ...shared, name: 'faults', include: FAULTS, globalSetup: BUILD_COMMAND } },
      { test: { ...shared, name: 'app', include: APP, globalSetup: BUILD_PAGES } },
      { test: { ...shared, name: 'desktop', include: DESKTOP, globalSetup: BUILD_PAGES } },
      // `npm run test:deep`: the same questions, asked for as long as one likes, and sweeps that leave nothing out.
      {
        test: {
          ...shared,
          name: 'deep',
          include: ['test/deep/**/*.deep.ts', ...SWEEPS],
          provide: { thorough: true },
          globalSetup: BUILD_COMMAND,
          testTimeout: 24 * 3_600_000,
        },
      },
    ],
  },
})

/**
 * Returns a folder for the files of this run, in memory where Linux has room for them: a home commits with every
 * step, and a commit takes 3 ms on a disk that others use too. The projects share it, though each loads this file.
 */
function temporaryFolder(): string {
  const known = process.env['FEIDI_TEST_FOLDER']
  if (known !== undefined) return known
  const folder = mkdtempSync(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), 'feidi-test-'))
  // Some tests start programs as another user.
  chmodSync(folder, 0o1777)
  process.env['FEIDI_TEST_FOLDER'] = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > LEAST_ROOM_BYTES
  } catch {
    return false // Not on this system.
  }
}
