import type { Reporter, Summary, WorkProgress } from '#main/app/run/reporter.ts'
import { explain } from '#shared/errors/explain.ts'
import { type ErrorInfo, errorInfo, type TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import type { Hold } from '#shared/model/work.ts'
import type { Language } from '#shared/text/language.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { IN_QUEUE } from '#shared/transfer/state-kinds.ts'
import { HoldNews } from './hold-news.ts'
import type { Output } from './output.ts'
import { planJson } from './plan-lines.ts'

/** Acknowledged bytes are reported this often at most, per transfer. */
const PROGRESS_EVERY_MS = 100
/** The figures of all files are reported this often at most, and not for work that is shorter. */
const OVERALL_EVERY_MS = 1_000

/** One JSON object a line, for other programs. The lines are part of the command's contract. */
export function jsonReporter(output: Output, language: Language): Reporter {
  const latest = new Map<string, Transfer>()
  const reportedAtMs = new Map<string, number>()
  const holds = new HoldNews()
  const write = (line: object) => output.json(line)
  let working: WorkProgress | undefined
  let overallAtMs = 0
  const tellOverall = () => {
    const nowMs = performance.now()
    if (working === undefined || nowMs - overallAtMs < OVERALL_EVERY_MS) return
    overallAtMs = nowMs
    write(overallLine(working.look()))
  }
  return {
    transfer(transfer) {
      if (isOver(transfer)) {
        latest.delete(transfer.id)
        reportedAtMs.delete(transfer.id)
      } else latest.set(transfer.id, transfer)
      write(transferLine(transfer, language))
    },
    unchanged: (copy) => write(unchangedLine(copy, language)),
    note({ transfer: { id, path }, note }) {
      const { kind, ...details } = note
      write({ type: kind, id, path, ...details })
    },
    progress({ id, sentBytes }) {
      tellOverall()
      const transfer = latest.get(id)
      const nowMs = performance.now()
      if (transfer === undefined || transfer.sentBytes === sentBytes) return
      if (nowMs - (reportedAtMs.get(id) ?? 0) < PROGRESS_EVERY_MS) return
      reportedAtMs.set(id, nowMs)
      const moved = { ...transfer, sentBytes }
      latest.set(id, moved)
      write(transferLine(moved, language))
    },
    working(progress) {
      working = progress
      overallAtMs = performance.now()
    },
    waiting(hold: Hold) {
      const { reason, untilMs } = hold
      if (holds.isNews(hold)) write({ type: 'waiting', reason, untilMs })
    },
    rule(rule, { kind, ...details }) {
      const { id, folder, destination } = rule
      write({
        type: 'rule',
        id,
        state: kind,
        folder,
        to: formatDestination(destination),
        ...details,
      })
    },
    ruleProblem({ ruleId, path, error }) {
      write({ type: 'rule-problem', id: ruleId, path, error: errorFields(error, language, true) })
    },
    unsettled: (path, reason) => write({ type: 'unsettled', path, reason }),
    plan: (preview) => write(planJson(preview)),
    planTotals: (totals) => write({ type: 'plan-total', ...totals }),
    problem(error: TransferError) {
      write({ type: 'error', error: errorFields(errorInfo(error, Date.now()), language, true) })
    },
    summary: (summary: Summary) => write({ type: 'summary', ...summary }),
  }
}

/** The figures that a window would show. */
function overallLine(overall: ReturnType<WorkProgress['look']>) {
  const { share, doneFiles, skippedFiles, failedFiles, totalFiles } = overall
  const { sentBytes, totalBytes, bytesPerSecond, eta } = overall
  return {
    ...{ type: 'progress', share, doneFiles, skippedFiles, failedFiles, totalFiles },
    ...{ sentBytes, totalBytes, bytesPerSecond },
    ...(eta.kind === 'at' && { doneAtMs: eta.atMs }),
  }
}

function transferLine(transfer: Transfer, language: Language) {
  const { id, path, state, sizeBytes, sentBytes } = transfer
  const line = { type: 'transfer', id, path, state: state.kind, sizeBytes, sentBytes }
  switch (state.kind) {
    case 'done':
      return {
        ...line,
        fileToken: state.fileToken,
        ...(state.document !== undefined && { document: state.document, url: transfer.pageUrl }),
      }
    case 'failed':
    case 'blocked':
      return { ...line, error: errorFields(state.error, language, true) }
    case 'skipped':
      return { ...line, reason: errorFields(state.error, language, false) }
    case 'waiting':
      return {
        ...line,
        reason: errorFields(state.error, language, false),
        untilMs: state.untilMs,
      }
    default:
      return line
  }
}

function unchangedLine(
  { transferId: id, path, fingerprint: { sizeBytes }, fileToken }: Copy,
  language: Language,
) {
  const reason = errorFields({ code: 'already-uploaded', atMs: Date.now() }, language, false)
  const line = { type: 'transfer', id, path, state: 'skipped', sizeBytes, sentBytes: sizeBytes }
  return { ...line, reason, fileToken }
}

function errorFields(error: ErrorInfo, language: Language, final: boolean) {
  const { message, remedy, actor } = explain(error, language, { final })
  const { code, logId, httpStatus, endpoint, seq, missingScopes, candidates, detail } = error
  const known = { logId, httpStatus, endpoint, seq, missingScopes, candidates, detail }
  return { code, message, remedy, actor, ...known }
}

function isOver({ state }: Transfer): boolean {
  return !IN_QUEUE.includes(state.kind)
}
