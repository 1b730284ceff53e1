/**
 * Before all tests: a browser, and the pages and the preload script as they ship, built into a folder of their own;
 * only that React still says what it finds wrong, which fails a test.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build, type UserConfig } from 'vite'
import type { TestProject } from 'vitest/node'
import config from '../../electron.vite.config.ts'
import { demandBrowser } from './browser.ts'

declare module 'vitest' {
  interface ProvidedContext {
    rendererFolder: string
    preloadFile: string
  }
}

const { renderer, preload } = config as Record<'renderer' | 'preload', UserConfig>

export async function setup(project: TestProject): Promise<() => void> {
  // Before the tests run side by side: only one may fetch it.
  demandBrowser()
  const folder = mkdtempSync(join(tmpdir(), 'feidi-renderer-'))
  const preloadFolder = mkdtempSync(join(tmpdir(), 'feidi-preload-'))
  await buildRenderer(folder)
  await build({
    ...preload,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { ...preload.build, outDir: preloadFolder, emptyOutDir: true, minify: false },
  })
  project.provide('rendererFolder', folder)
  project.provide('preloadFile', join(preloadFolder, 'preload.cjs'))
  return () => {
    for (const each of [folder, preloadFolder]) rmSync(each, { recursive: true, force: true })
  }
}

/** Builds the pages as `npm run build` does, but to a folder of one's own. */
export async function buildRenderer(folder: string): Promise<void> {
  await build({
    ...renderer,
    configFile: false,
    base: './',
    logLevel: 'error',
    root: resolve('renderer'),
    build: {
      ...renderer.build,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: { input: resolve('renderer/index.html') },
    },
  })
}
