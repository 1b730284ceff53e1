import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // electron-store imports `electron`, which is no module outside Electron.
    alias: { electron: resolve('test/shell/stand-in/no-electron.ts') },
    server: { deps: { inline: ['electron-store'] } },
    globalSetup: ['test/app/build-renderer.ts'],
    // Many tests wait for processes and browsers of their own: no core is kept back for the test runner.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
