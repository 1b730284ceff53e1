import type { Page } from 'playwright-core'
import type { Simulator } from '#test/simulator/simulator.ts'
import type { StandInSystem } from '../stand-in/app.ts'
import type { ProbedElectron, Seen } from './probe.ts'

/** The access a spec has in the app's process. */
export interface InTheApp {
  readonly electron: ProbedElectron
  readonly seen: Seen
}

/** The options for starting a desktop app in a spec. */
export interface StartOptions {
  /** The system that the spec is about; it is skipped on a real Electron of another. */
  readonly platform?: NodeJS.Platform
  /** A state that no test can bring about on a real one, where the spec is skipped. */
  readonly system?: StandInSystem
  readonly home: string
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly env: Readonly<Record<string, string>>
  /** Of the system, most wanted first. */
  readonly languages: readonly string[]
}

/** A running app, on the stand-in or on the real Electron. */
export interface RunningDesktop {
  /** The page in its window, once there is one. */
  page(): Promise<Page>
  /** Runs there; like the function of `page.evaluate`, it knows nothing from around it. */
  run<T, A>(what: (parts: InTheApp, argument: A) => T, argument?: A): Promise<Awaited<T>>
  /** Sends the app's process a signal, or raises an error in it that is not caught. */
  signal(name: 'SIGTERM'): Promise<void>
  throwUncaught(message: string): Promise<void>
  /** Starts Feidi a second time, as a person does who has forgotten that it runs. */
  startAgain(argv: readonly string[], workingDirectory: string): Promise<void>
  /** Lets a page know where a file of that name lies, where a drop alone does not tell. */
  tellPath(page: Page, path: string): Promise<void>
  /** A page was made to do wrong on purpose: what it complained of does not fail the test. */
  forgive(): void
  /** The exit code. */
  readonly exited: Promise<number>
  close(): Promise<void>
}

export interface WrittenFile {
  readonly path: string
  readonly name: string
  readonly bytes: Buffer
}

export interface DesktopUnderTest extends RunningDesktop {
  readonly home: string
  /** A folder with files to upload. */
  readonly folder: string
  readonly simulator: Simulator
  /** The destination of uploads, as a person writes it. */
  readonly to: string
  write(name: string, sizeBytes: number): Promise<WrittenFile>
  /** Starts it again on the same home; the previous one must have ended. */
  restart(more?: Partial<StartOptions>): Promise<DesktopUnderTest>
}
