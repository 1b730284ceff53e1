import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron } from 'playwright-core'
import type { RunningDesktop, StartOptions } from './desktop-under-test.ts'
import { electronBinary } from './electron-binary.ts'
import { probe, type Seen } from './probe.ts'

/** The folder, not the program in it: otherwise Electron reads no `package.json`. */
const ENTRY = resolve('.')

/** The built app in the real Electron, watched by the same probe. */
export async function startOnElectron(options: StartOptions): Promise<RunningDesktop> {
  const { workingDirectory, env, languages, argv } = options
  const executablePath = electronBinary()
  if (executablePath === undefined) throw new Error("Electron's binary is not there")
  const folder = await mkdtemp(join(tmpdir(), 'feidi-probe-'))
  const probeFile = join(folder, 'probe.cjs')
  await writeFile(
    probeFile,
    `globalThis.feidiSeen = (${probe})(require('electron'), process.platform)`,
  )
  const args = (more: readonly string[]) => [
    ...['-r', probeFile, `--lang=${languages[0]}`],
    ...(process.platform === 'linux' ? ['--no-sandbox'] : []),
    ENTRY,
    ...more,
  ]
  const [language = 'en'] = languages
  const childEnv = { ...process.env, LANGUAGE: language.replace('-', '_'), ...env } as Record<
    string,
    string
  >
  const application = await _electron.launch({
    executablePath,
    args: args(argv),
    cwd: workingDirectory,
    env: childEnv,
  })
  const child = application.process()
  const exited = once(child, 'exit').then(([code]) => Number(code ?? -1))
  return {
    exited,
    async page() {
      const [window = await application.waitForEvent('window')] = application.windows()
      return window
    },
    run: (what, argument) =>
      application.evaluate(
        async (electron, [source, given]) => {
          const seen = (globalThis as unknown as { feidiSeen: Seen }).feidiSeen
          // Playwright sends one function; this is the other, as text.
          const there = new Function(`return (${source})`)() as (...args: unknown[]) => unknown
          return there({ electron, seen }, given)
        },
        [String(what), argument] as const,
      ) as never,
    async signal(name) {
      child.kill(name)
    },
    throwUncaught: (message) =>
      application.evaluate((_electron, text) => {
        setImmediate(() => {
          throw new Error(text)
        })
      }, message),
    async startAgain(more, cwd) {
      const second = spawn(executablePath, args(more), { cwd, env: childEnv, stdio: 'ignore' })
      await once(second, 'exit')
    },
    // The real one knows by itself.
    tellPath: async () => {},
    forgive() {},
    async close() {
      if (child.exitCode === null) child.kill('SIGTERM')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}
