/** Prints the slowest tests at the end of a run, so that a slow one is seen by its author. */
import type { Reporter, TestModule } from 'vitest/node'

const SHOWN = 10

/** A run of fewer tests is about these tests, not about their speed. */
const FEWEST_TESTS = 50

export class SlowestTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    if (tests.length < FEWEST_TESTS) return
    const slowest = tests
      .map((test) => ({ test, ms: test.diagnostic()?.duration ?? 0 }))
      .toSorted((one, other) => other.ms - one.ms)
      .slice(0, SHOWN)
    process.stdout.write('\n Slowest tests\n')
    for (const { test, ms } of slowest) {
      const seconds = (ms / 1_000).toFixed(1).padStart(6)
      process.stdout.write(`${seconds} s  ${test.module.relativeModuleId} > ${test.fullName}\n`)
    }
  }
}
