import { basename } from 'node:path'
import { MultiBar, type SingleBar } from 'cli-progress'
import type { Reporter, WorkProgress } from '#main/app/run/reporter.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { describeState } from '#shared/text/describe.ts'
import { safeText } from '#shared/text/safe-text.ts'
import { progressFacts } from '#shared/text/summary.ts'
import { t } from '#shared/text/t.ts'
import { IN_RUN } from '#shared/transfer/state-kinds.ts'
import { percentOf } from '#shared/transfer/work-size.ts'
import type { PlaceSpeech } from '../place-text.ts'
import { formatBytes } from '../units.ts'
import {
  noteLine,
  problemLines,
  settledLines,
  summaryLines,
  unchangedLine,
  waitingLine,
} from './human-lines.ts'
import type { Output } from './output.ts'
import { planLine, planTotalLines } from './plan-lines.ts'
import { RuleLines, ruleProblemLines, unsettledLine } from './watch-lines.ts'

/** The terminal is drawn so often; asking for the figures more often would be in vain. */
const DRAW_EVERY_MS = 125
/** Files shown at once, each with a bar of its own. */
const MOST_BARS = 5

/** Bars on a terminal: one for each file on its way, one for everything together. */
export function barReporter(output: Output, speech: PlaceSpeech): Reporter {
  const { language } = speech
  let working: WorkProgress | undefined
  let drawnAtMs = 0
  const rules = new RuleLines(speech)
  const bars = new Map<string, { readonly bar: SingleBar; readonly transfer: Transfer }>()
  // Drawn when there is work: a command that only asks or tells has nothing to show in bars.
  let drawn: { readonly multi: MultiBar; readonly total: SingleBar } | undefined
  const draw = () => {
    drawn ??= openBars(output, t(language, 'cli.total'))
    return drawn
  }
  let open = true

  const log = (...lines: string[]) => {
    if (!open || drawn === undefined) return output.say(...lines)
    // The bars live on stderr; the lasting lines above them are the command's output.
    for (const line of lines) drawn.multi.log(`${safeText(line)}\n`)
  }
  const close = () => {
    if (!open) return
    open = false
    // Lines wait for the next redraw; the last ones would be lost with the bars.
    drawn?.multi.update()
    drawn?.multi.stop()
  }
  const showTotal = () => {
    if (working === undefined || performance.now() - drawnAtMs < DRAW_EVERY_MS) return
    drawnAtMs = performance.now()
    const overall = working.look()
    const status = progressFacts(overall, language, Date.now()).join(' · ')
    draw().total.update(percentOf(overall.share), { status })
  }
  const drop = (id: string) => {
    const shown = bars.get(id)
    if (shown === undefined) return
    draw().multi.remove(shown.bar)
    bars.delete(id)
  }
  const show = (transfer: Transfer) => {
    const { id, path, sizeBytes, sentBytes, state } = transfer
    if (!IN_RUN.includes(state.kind)) return drop(id)
    const words =
      state.kind === 'sending' ? formatBytes(sizeBytes) : describeState(transfer, language)
    const status = safeText(words)
    const shown = bars.get(id)
    if (shown !== undefined) shown.bar.update({ status })
    else if (bars.size < MOST_BARS) {
      const name = safeText(basename(path))
      const bar = draw().multi.create(Math.max(sizeBytes, 1), sentBytes, { name, status })
      bars.set(id, { bar, transfer })
    }
  }
  return {
    transfer(transfer) {
      show(transfer)
      log(...(settledLines(transfer, language) ?? []))
      showTotal()
    },
    unchanged: (copy) => log(unchangedLine(copy, language)),
    note: (note) => log(noteLine(note, language)),
    working(progress) {
      working = progress
      showTotal()
    },
    progress({ id }) {
      const shown = bars.get(id)
      if (shown !== undefined && working !== undefined) {
        shown.bar.update(working.movedBytes(shown.transfer))
      }
      showTotal()
    },
    waiting: (hold) => draw().total.update({ status: waitingLine(hold, language) }),
    rule(rule, state, to) {
      const text = rules.lineFor(rule, state, to)
      if (text !== undefined) log(text)
    },
    ruleProblem: (problem) => log(...ruleProblemLines(problem, language)),
    unsettled: (path, reason) => log(unsettledLine(path, reason, language)),
    plan(preview, to) {
      close()
      log(planLine(preview, to, speech))
    },
    planTotals(totals) {
      close()
      log(...planTotalLines(totals, language))
    },
    problem(error) {
      close()
      output.warn(...problemLines(error, language))
    },
    summary(summary, unfinished) {
      close()
      output.say(...summaryLines(summary, unfinished, language))
    },
  }
}

/** Begins to draw: the bar for everything together, below those of the files. */
function openBars(output: Output, name: string) {
  const multi = new MultiBar(
    {
      format: '{bar} {percentage}% {name} {status}',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      gracefulExit: false,
      fps: 1_000 / DRAW_EVERY_MS,
      stream: output.drawing,
    },
    { barCompleteChar: '█', barIncompleteChar: '░', format: '' },
  )
  return { multi, total: multi.create(100, 0, { name, status: '' }) }
}
