/** The three clients that are compared, each in a process of its own. */
import { join } from 'node:path'
import type { LaneSetting } from '#main/engine/call-gate.ts'
import type { SimulatorProcess } from '#test/simulator/remote-simulator.ts'
import type { FeidiInput, FeidiResult } from '../programs/feidi.ts'
import type { SdkInput, SdkResult } from '../programs/sdk.ts'
import type { UndiciInput } from '../programs/undici.ts'
import { type ProgramEnd, runProgram, runProgramWell } from './program.ts'

const FEIDI = new URL('../programs/feidi.ts', import.meta.url)
const SDK = new URL('../programs/sdk.ts', import.meta.url)
const UNDICI = new URL('../programs/undici.ts', import.meta.url)

/** Any Base the simulator lets us attach to. */
const BASE = 'bascnBench'

let homes = 0

export interface FeidiJob {
  readonly simulator: SimulatorProcess
  /** A home is made in it. */
  readonly folder: string
  /** The name of a home that other jobs use as well; one of its own unless told. */
  readonly home?: string
  readonly paths: readonly string[]
  readonly lanes: LaneSetting
  readonly to?: 'folder' | 'media'
  readonly unpaced?: boolean
}

/** Feidi uploads `paths`; throws unless every one of them got there. */
export async function runFeidi(job: FeidiJob, files: number = job.paths.length) {
  const { baseUrl, appId, appSecret, folderToken } = job.simulator
  const input: FeidiInput = {
    home: join(job.folder, job.home ?? `home-${homes++}`),
    baseUrl,
    appId,
    appSecret,
    paths: job.paths,
    destination:
      job.to === 'folder'
        ? { kind: 'folder', folderToken }
        : { kind: 'media', parentType: 'bitable_file', parentNode: BASE },
    lanes: job.lanes,
    unpaced: job.unpaced ?? false,
  }
  const result = await runProgramWell<FeidiResult>(FEIDI, input, profiling(job))
  if (result.end !== 'settled' || result.done !== files) {
    throw new Error(`Feidi brought ${result.done} of ${files} files there: ${result.end}`)
  }
  return result
}

/** The official SDK uploads a file in parts; it may well crash. */
export function runSdk(
  { baseUrl, appId, appSecret }: SimulatorProcess,
  path: string,
): Promise<ProgramEnd<SdkResult>> {
  const input: SdkInput = { baseUrl, appId, appSecret, path, parentNode: BASE }
  return runProgram(SDK, input)
}

/** undici alone streams so many parts. */
export async function runUndici(
  { baseUrl, appId, appSecret }: SimulatorProcess,
  parts: number,
): Promise<void> {
  const input: UndiciInput = { baseUrl, appId, appSecret, parts, parentNode: BASE }
  await runProgramWell(UNDICI, input)
}

/** `FEIDI_BENCH_PROFILE=DIR` leaves CPU profiles of the Feidi processes there. */
function profiling({ lanes }: FeidiJob): string[] {
  const folder = process.env['FEIDI_BENCH_PROFILE']
  if (!folder) return []
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${lanes}-${homes}.cpuprofile`]
}
