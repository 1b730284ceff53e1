/**
 * `npm run bench -- [--only NAME] [--quick] [--report] [--json FILE]`: measures Feidi against the official
 * SDK and against what the machine can do, side by side. Ends with 1 when a goal is clearly missed,
 * unless it is only to report.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { acknowledgement } from './benchmarks/acknowledgement.ts'
import { againstSdk } from './benchmarks/against-sdk.ts'
import { ceiling } from './benchmarks/ceiling.ts'
import { cpu } from './benchmarks/cpu.ts'
import { eventLoop } from './benchmarks/event-loop.ts'
import { fleet } from './benchmarks/fleet.ts'
import { memory } from './benchmarks/memory.ts'
import { pages } from './benchmarks/pages.ts'
import { planner } from './benchmarks/planner.ts'
import { sharedLimiter } from './benchmarks/shared-limiter.ts'
import { smallFiles } from './benchmarks/small-files.ts'
import { start } from './benchmarks/start.ts'
import { watch, watchMany } from './benchmarks/watch.ts'
import type { Benchmark, Figure } from './figure.ts'
import { describeMachine } from './machine.ts'
import { formatTable } from './table.ts'

const BENCHMARKS: readonly Benchmark[] = [
  start,
  againstSdk,
  smallFiles,
  ceiling,
  cpu,
  memory,
  acknowledgement,
  eventLoop,
  fleet,
  sharedLimiter,
  planner,
  pages,
  watch,
  watchMany,
]

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})

const chosen = BENCHMARKS.filter(({ name }) => values.only?.includes(name) ?? true)
if (chosen.length === 0) {
  const names = BENCHMARKS.map(({ name }) => name).join(', ')
  process.stderr.write(`--only takes one of ${names}\n`)
  process.exit(2)
}

const machine = describeMachine()
process.stdout.write(`${machine.join('\n')}\n\n`)
const figures: Figure[] = []
for (const benchmark of chosen) {
  process.stderr.write(`${benchmark.name} …\n`)
  figures.push(...(await benchmark.run({ quick: values.quick })))
}
process.stdout.write(formatTable(figures))
if (values.json !== undefined) {
  await writeFile(
    values.json,
    `${JSON.stringify({ machine, quick: values.quick, figures }, null, 2)}\n`,
  )
}
const missed = figures.filter(({ goal }) => goal?.met === 'no')
if (missed.length > 0 && !values.report) process.exitCode = 1
