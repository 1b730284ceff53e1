/** What the tests of rules and watching share. */
import type { FeidiResult, JsonLine } from '#test/support/feidi/feidi-process.ts'
import type { Scene } from '#test/support/feidi/scene.ts'

/** Names of the simulator's endpoints -> the calls a plan counts. */
const COUNTED: Readonly<Record<string, string>> = {
  'files/upload_all': 'upload_all',
  'files/upload_prepare': 'upload_prepare',
  'files/upload_part': 'upload_part',
  'files/upload_finish': 'upload_finish',
  'files/list': 'list_folder',
  'files/create_folder': 'create_folder',
}

/** How often each call a plan counts was really made. */
export function callsMade({ simulator }: Scene): Record<string, number> {
  const made: Record<string, number> = {}
  for (const { endpoint } of simulator.calls) {
    const name = COUNTED[endpoint]
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
