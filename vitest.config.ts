import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // electron-store imports `electron`, which is no module outside Electron.
    alias: { electron: resolve('test/shell/stand-in/no-electron.ts') },
    server: { deps: { inline: ['electron-store'] } },
    globalSetup: ['test/app/build-renderer.ts'],
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // What is waited for comes; how soon is for the benchmarks to say, not for a busy machine.
    expect: { poll: { timeout: 15_000 } },
  },
})
