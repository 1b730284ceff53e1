import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildCommand } from '#test/kit/feidi/build-command.ts'
import { type Benchmark, below, type Figure } from '../figure.ts'
import { withFolder } from '../kit/files.ts'
import { median } from '../kit/statistics.ts'

const execute = promisify(execFile)

/** Starts that fill the caches of the compiler and of the disk. */
const WARM_UPS = 3

/** The wait of a person who only queries `feidi`, compared with Node doing no work at all. */
export const start: Benchmark = {
  name: 'start',
  run: ({ quick }) =>
    withFolder(async (folder) => {
      const command = await buildCommand(join(folder, 'command'))
      const home = join(folder, 'home')
      await run([command, 'home', '--home', home])
      const questions = ['--version', 'status', 'rules', 'accounts']
      const asked = questions.map((question) => [command, question, '--home', home])
      const times = await inTurn([['-e', '0'], ...asked], quick ? 15 : 40)
      return questions.map((question, index) => figure(question, times[index + 1], times[0]))
    }),
}

function figure(
  question: string,
  times: readonly number[] = [],
  bare: readonly number[] = [],
): Figure {
  // Pair by pair: what slows the machine down slows both.
  const ratio = median(times.map((time, round) => time / (bare[round] ?? Number.NaN)))
  return {
    name: `feidi ${question}, from start to end`,
    measured: `${median(times).toFixed(0)} ms`,
    baseline: `${median(bare).toFixed(0)} ms node -e 0`,
    ratio,
    goal: below(ratio, 3, '≤ 3'),
  }
}

/** Runs all commands once, then all again, …; returns the milliseconds each took. */
async function inTurn(commands: readonly string[][], rounds: number): Promise<number[][]> {
  const times: number[][] = commands.map(() => [])
  for (let round = -WARM_UPS; round < rounds; round++) {
    for (const [index, args] of commands.entries()) {
      const startedAt = performance.now()
      await run(args)
      if (round >= 0) times[index]?.push(performance.now() - startedAt)
    }
  }
  return times
}

async function run(args: readonly string[]): Promise<void> {
  await execute(process.execPath, args)
}
