import type { Reporter, WorkProgress } from '#main/app/run/reporter.ts'
import type { PlaceSpeech } from '../place-text.ts'
import { HoldNews } from './hold-news.ts'
import {
  noteLine,
  problemLines,
  progressLine,
  settledLines,
  summaryLines,
  unchangedLine,
  waitingLine,
} from './human-lines.ts'
import type { Output } from './output.ts'
import { planLine, planTotalLines } from './plan-lines.ts'
import { RuleLines, ruleProblemLines, unsettledLine } from './watch-lines.ts'

const PROGRESS_EVERY_MS = 10_000

/** Plain lines, for a pipe, a log file, or a terminal that wants no bars. Failures go to stderr. */
export function plainReporter(output: Output, speech: PlaceSpeech, quiet: boolean): Reporter {
  const { language } = speech
  let working: WorkProgress | undefined
  const rules = new RuleLines(speech)
  const holds = new HoldNews()
  let spokenAtMs = performance.now()
  const say = (...lines: string[]) => {
    if (quiet) return
    output.say(...lines)
    spokenAtMs = performance.now()
  }
  return {
    transfer(transfer) {
      const lines = settledLines(transfer, language)
      if (lines === undefined) return
      const { kind } = transfer.state
      if (kind === 'failed' || kind === 'blocked') output.warn(...lines)
      else say(...lines)
    },
    unchanged: (copy) => say(unchangedLine(copy, language)),
    note: (note) => say(noteLine(note, language)),
    working(progress) {
      working = progress
    },
    progress() {
      if (working === undefined || performance.now() - spokenAtMs < PROGRESS_EVERY_MS) return
      say(progressLine(working.look(), language))
    },
    waiting(hold) {
      if (holds.isNews(hold)) say(waitingLine(hold, language))
    },
    rule(rule, state, to) {
      const text = rules.lineFor(rule, state, to)
      if (text !== undefined) say(text)
    },
    ruleProblem: (problem) => output.warn(...ruleProblemLines(problem, language)),
    unsettled: (path, reason) => say(unsettledLine(path, reason, language)),
    plan: (preview, to) => say(planLine(preview, to, speech)),
    planTotals: (totals) => say(...planTotalLines(totals, language)),
    problem: (error) => output.warn(...problemLines(error, language)),
    summary: (summary, unfinished) => say(...summaryLines(summary, unfinished, language)),
  }
}
