import { EventEmitter } from 'node:events'
import { basename } from 'node:path'
import Store from 'electron-store'
import type { Browser, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import type { ShellProcess } from '#main/desktop/electron-parts.ts'
import { runShell } from '#main/desktop/run-shell.ts'
import { launchBrowser } from '#test/app/browser.ts'
import type { AppWindow, StandInApp } from '../stand-in/app.ts'
import { standInElectron } from '../stand-in/electron.ts'
import { StandInUpdater } from '../stand-in/updater.ts'
import type { InTheApp, RunningDesktop, StartOptions } from './desktop-under-test.ts'
import { type ProbedElectron, probe } from './probe.ts'

const ownPlatform = process.platform

let browser: Promise<Browser> | undefined

function sharedBrowser(): Promise<Browser> {
  browser ??= launchBrowser()
  return browser
}

/** The app in this process, on the stand-in for Electron. */
export async function startOnStandIn(options: StartOptions): Promise<RunningDesktop> {
  const { home, argv, workingDirectory, languages, platform = ownPlatform } = options
  const { electron, world } = standInElectron(sharedBrowser, {
    ...{ platform, system: options.system ?? {} },
    argv: ['/opt/Feidi/feidi', ...argv],
    workingDirectory,
    languages,
    isPackaged: options.system?.isDeveloped !== true,
  })
  const { app } = electron
  const probed = electron as unknown as ProbedElectron
  const seen = (new Function(`return (${probe})`)() as typeof probe)(probed, platform)
  const process = processOf(options, platform)
  await runShell({
    electron,
    process,
    openConf: ({ configName, ...more }) => new Store({ name: configName, ...more }),
    entry: '/opt/Feidi/resources/app.asar/out/main/desktop/main.js',
    preload: inject('preloadFile'),
    rendererFolder: inject('rendererFolder'),
    iconFolder: '/opt/Feidi/resources/app.asar/out/icons',
    ...updatesOf(options, app),
  })
  const running: RunningDesktop = {
    exited: app.exited,
    page: () => pageOf(app.windows),
    async run<T, A>(what: (parts: InTheApp, argument: A) => T, argument?: A): Promise<Awaited<T>> {
      // As it is when the app is another process: text goes over, and what comes back is a copy.
      const there = new Function(`return (${what})`)() as typeof what
      const result = await there({ electron: probed, seen }, argument as A)
      return structuredClone<Awaited<T>>(result)
    },
    async signal(name) {
      process.emit(name)
    },
    async throwUncaught(message) {
      process.emit('uncaughtException', new Error(message), 'uncaughtException')
    },
    async startAgain(moreArgv, cwd) {
      const started = await startOnStandIn({
        ...options,
        home,
        argv: moreArgv,
        workingDirectory: cwd,
      })
      await started.exited
    },
    tellPath: (page, path) =>
      page.evaluate(
        ([name, where]) => {
          window.standIn.paths[name] = where
        },
        [basename(path), path] as const,
      ),
    forgive() {
      world.troubles.length = 0
    },
    async close() {
      process.emit('SIGTERM')
      await app.exited
      await Promise.all(world.closing)
      expect(world.troubles).toEqual([])
    },
  }
  return running
}

function processOf({ argv, workingDirectory, env }: StartOptions, platform: NodeJS.Platform) {
  const execPath = '/opt/Feidi/feidi'
  const known = { argv: [execPath, ...argv], cwd: () => workingDirectory, env, execPath }
  const made = Object.assign(new EventEmitter(), { ...known, platform })
  // To ask for them opens handles, and on Windows there are none.
  for (const name of ['stdin', 'stdout', 'stderr', 'report']) {
    Object.defineProperty(made, name, { enumerable: true, get: () => refuse(`process.${name}`) })
  }
  return made as EventEmitter & ShellProcess
}

function updatesOf({ system }: StartOptions, app: StandInApp) {
  const update = system?.update
  if (update === undefined) return {}
  const updater = new StandInUpdater(app, update)
  return {
    updateFeed: update.feed,
    updates: {
      isSigned: true,
      load: async () => updater,
      signerOf: updater.signerOf,
      exists: () => true,
    },
  }
}

function refuse(what: string): never {
  throw new Error(`${what} was asked for`)
}

async function pageOf(windows: ReadonlySet<AppWindow>): Promise<Page> {
  await expect.poll(() => windows.size).toBe(1)
  const [window] = windows
  if (window === undefined) throw new Error('no window')
  return window.page
}
