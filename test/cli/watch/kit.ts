/** Helpers shared by the tests of rules and watching. */
import {
  type FeidiProcess,
  type FeidiResult,
  isTransferLine,
  type JsonLine,
  type TransferLine,
} from '#test/kit/feidi/feidi-process.ts'
import type { Scene } from '#test/kit/feidi/scene.ts'

/**
 * Names of the simulator's endpoints -> the calls a plan counts. Listings are left out: one that is
 * older than 10 s is asked for again, which a slow machine reaches.
 */
const COUNTED: Readonly<Record<string, string>> = {
  'files/upload_all': 'upload_all',
  'files/upload_prepare': 'upload_prepare',
  'files/upload_part': 'upload_part',
  'files/upload_finish': 'upload_finish',
  'files/create_folder': 'create_folder',
}

const RATE_LIMITED = 99991400

/**
 * Returns how often each call that a plan counts was really made. Calls that arrived too close together on a
 * busy machine are made again.
 */
export function callsMade({ simulator }: Scene): Record<string, number> {
  const made: Record<string, number> = {}
  for (const { endpoint, code } of simulator.calls) {
    const name = code === RATE_LIMITED ? undefined : COUNTED[endpoint]
    if (name !== undefined) made[name] = (made[name] ?? 0) + 1
  }
  return made
}

export interface PlanLine extends JsonLine {
  readonly path: string
  readonly action: string
  readonly reason: string | number
  readonly to: string
  readonly calls: Record<string, number>
}

export function plansOf(result: FeidiResult): PlanLine[] {
  return result.lines.filter((line): line is PlanLine => line.type === 'plan')
}

export function planTotalOf(result: FeidiResult): JsonLine | undefined {
  return result.lines.find((line) => line.type === 'plan-total')
}

/** The server's files below the scene's folder: path -> how often. */
export function pathsBelow({ simulator }: Scene): Record<string, number> {
  const entries = Object.entries(simulator.tree())
    .filter(([path]) => path.startsWith('Inbox/') && !path.endsWith('/'))
    .map(([path, nodes]) => [path.slice('Inbox/'.length), nodes.length] as const)
  return Object.fromEntries(entries)
}

/** A watch that runs, and what it says. */
export interface Watching extends FeidiProcess {
  /** The next upload of this file that is done, other than those awaited before. */
  uploaded(path: string): Promise<TransferLine>
  /** A state of a rule, said already or to come. */
  state(state: string): Promise<JsonLine>
}

/** `feidi watch` with these arguments, and files that settle quickly. */
export function startWatch(scene: Scene, ...args: string[]): Watching {
  const running = scene.start(['--json', 'watch', ...args])
  const awaited = new Set<string>()
  return Object.assign(running, {
    async uploaded(path: string) {
      const line = (await running.line(
        (said) =>
          isTransferLine(said) &&
          said.path === path &&
          said.state === 'done' &&
          !awaited.has(said.id),
      )) as TransferLine
      awaited.add(line.id)
      return line
    },
    state: (state: string) =>
      running.line((line) => line.type === 'rule' && line['state'] === state),
  })
}
