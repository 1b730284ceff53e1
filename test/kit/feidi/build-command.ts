/** Before tests that start `feidi`: the command as it ships, which starts in a third of the time. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import config from '../../../cli.vite.config.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The built command; its sources are run where it is not given. */
    command?: string
  }
}

export async function setup(project: TestProject): Promise<() => void> {
  const outDir = mkdtempSync(join(tmpdir(), 'feidi-command-'))
  // Some tests run it as another user.
  chmodSync(outDir, 0o755)
  project.provide('command', await buildCommand(outDir))
  return () => rmSync(outDir, { recursive: true, force: true })
}

/** Builds the command as it ships. Returns its path. */
export async function buildCommand(outDir: string): Promise<string> {
  await build({
    ...config,
    configFile: false,
    logLevel: 'error',
    build: { ...config.build, outDir, emptyOutDir: true },
  })
  return join(outDir, 'feidi.js')
}
