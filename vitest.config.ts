import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const shared = {
  // Homes of tests are not noted among those of whoever runs them.
  env: { XDG_STATE_HOME: join(tmpdir(), 'feidi-test-state') },
  // electron-store imports `electron`, which is no module outside Electron.
  alias: { electron: resolve('test/desktop/stand-in/no-electron.ts') },
  server: { deps: { inline: ['electron-store'] } },
  testTimeout: 60_000,
  hookTimeout: 30_000,
  // What is waited for comes; how soon is for the benchmarks to say, not for a busy machine.
  expect: { poll: { timeout: 15_000 } },
}

/** Tests that start `feidi`. */
const COMMAND = ['engine', 'accounts', 'watch-command', 'faults'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
)

/** Tests that open the pages in a browser, or serve them. */
const PAGES = ['test/app/**/*.test.ts', 'test/web/**/*.test.ts', 'test/desktop/**/*.test.ts']

export default defineConfig({
  test: {
    projects: [
      // No browser and no build: one file of these starts in about a second.
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...COMMAND, ...PAGES],
        },
      },
      {
        test: {
          ...shared,
          name: 'cli',
          include: COMMAND,
          globalSetup: ['test/kit/feidi/build-command.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'app',
          include: PAGES,
          globalSetup: ['test/app/build-renderer.ts'],
        },
      },
      // `npm run test:deep`: the same questions, asked for as long as one likes.
      {
        test: {
          ...shared,
          name: 'deep',
          include: ['test/deep/**/*.deep.ts'],
          globalSetup: ['test/kit/feidi/build-command.ts'],
          testTimeout: 24 * 3_600_000,
        },
      },
    ],
  },
})
