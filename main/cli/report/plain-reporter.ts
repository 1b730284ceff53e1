import { say } from '#main/cli/texts.ts'
import { formatBytes } from '#main/cli/units.ts'
import type { Language } from '#shared/errors/catalogue-entry.ts'
import {
  noteLine,
  problemLines,
  settledLines,
  summaryLines,
  unchangedLine,
  waitingLine,
} from './human-lines.ts'
import { Overall } from './overall.ts'
import { planLine, planTotalLines } from './plan-lines.ts'
import type { Output, Reporter } from './reporter.ts'
import { RuleLines, ruleProblemLines, unsettledLine } from './watch-lines.ts'

const PROGRESS_EVERY_MS = 10_000

/** Plain lines, for a pipe, a log file, or a terminal that wants no bars. Failures go to stderr. */
export function plainReporter(
  { stdout, stderr }: Output,
  language: Language,
  quiet: boolean,
): Reporter {
  const overall = new Overall()
  const rules = new RuleLines(language)
  let heldUntilMs = 0
  let spokenAtMs = Date.now()
  const line = (text: string) => {
    if (quiet) return
    stdout.write(`${text}\n`)
    spokenAtMs = Date.now()
  }
  return {
    transfer(transfer) {
      overall.transfer(transfer)
      const text = settledLines(transfer, language)
      if (text === undefined) return
      if (transfer.state.kind === 'failed' || transfer.state.kind === 'blocked') {
        stderr.write(`${text}\n`)
      } else line(text)
    },
    unchanged: (transfer) => line(unchangedLine(transfer, language)),
    note: (note) => line(noteLine(note, language)),
    progress(progress) {
      overall.progress(progress)
      if (Date.now() - spokenAtMs < PROGRESS_EVERY_MS) return
      const { percent, movedBytes, totalBytes, bytesPerSecond } = overall.now()
      line(
        say('progressLine', language, {
          percent,
          sent: formatBytes(movedBytes),
          total: formatBytes(totalBytes),
          speed: formatBytes(bytesPerSecond),
        }),
      )
    },
    waiting(hold) {
      if (hold.untilMs <= heldUntilMs) return
      heldUntilMs = hold.untilMs
      line(waitingLine(hold, language))
    },
    rule(rule, state) {
      const text = rules.lineFor(rule, state)
      if (text !== undefined) line(text)
    },
    ruleProblem: (problem) => stderr.write(`${ruleProblemLines(problem, language)}\n`),
    unsettled: (path, reason) => line(unsettledLine(path, reason, language)),
    plan: (preview) => line(planLine(preview, language)),
    planTotals: (totals) => line(planTotalLines(totals, language)),
    problem: (error) => stderr.write(`${problemLines(error, language)}\n`),
    summary: (summary) => line(summaryLines(summary, language)),
  }
}
