import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // electron-store imports `electron`, which is no module outside Electron.
    alias: { electron: resolve('test/shell/stand-in/no-electron.ts') },
    server: { deps: { inline: ['electron-store'] } },
    globalSetup: ['test/app/build-renderer.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
