/**
 * Before all tests: the pages as they ship, built into a folder of their own; only that React still
 * says what it finds wrong, which fails a test.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import config from '../../electron.vite.config.ts'

declare module 'vitest' {
  interface ProvidedContext {
    rendererFolder: string
  }
}

export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'feidi-renderer-'))
  const { renderer } = config as { renderer: import('vite').UserConfig }
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
  project.provide('rendererFolder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
