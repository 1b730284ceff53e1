import { type OpenEngine, openEngine } from '#main/compose/open-engine.ts'
import type { Engine, WorkEnd } from '#main/engine/engine.ts'
import type { TransferStore } from '#main/engine/ports.ts'
import type { HomeLog } from '#main/log/open-log.ts'
import type { Credentials } from '#main/remote/feishu-api.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { kindsIn } from '#shared/transfer/state-kinds.ts'
import { type ExitCode, exitCodeAfter, isAboutRights } from './exit-code.ts'
import type { Reporter, Summary } from './report/reporter.ts'
import type { CliSettings } from './settings.ts'

export interface QueueWork {
  readonly settings: CliSettings
  readonly baseUrl: string
  readonly credentials: Credentials
  /** The command line's own name for what it does, without arguments that may be private. */
  readonly command: string
  readonly version: string
  readonly reporter: Reporter
  readonly log: HomeLog
  /** Aborts when the person or the system wants the command to stop. */
  readonly interrupted: AbortSignal
  /** Files go up even if they are up already. */
  readonly again?: boolean
  /**
   * Fills the queue before the work begins.
   * @returns the batch to work on (undefined: everything), and how many files needed nothing
   */
  fillQueue(open: OpenEngine): Promise<{ batchId?: string; unchanged: number }>
  /** Goes on filling the queue while the engine works; `noMore` on the engine ends that. */
  keepFilling?(open: OpenEngine, engine: Engine): Filling
}

/** Something that fills the queue while the engine works. */
export interface Filling {
  /** Files that could not be queued, for good or for now. */
  close(): Promise<{ failed: number; unfinished: number }>
}

/** Calls in flight may come back for so long after an interruption; their acknowledgements count. */
const STOP_GRACE_MS = 1_000

const UNFINISHED: readonly TransferStateKind[] = kindsIn('open', 'at-work', 'resting')

/** Opens the home, works until all is settled or interrupted, reports, and closes everything. */
export async function workOnQueue(work: QueueWork): Promise<ExitCode> {
  const { settings, reporter, interrupted, log, command, version } = work
  const open = openEngine({ ...settings, ...work })
  log.scope('command').info('begins', { command, version, pid: process.pid })
  try {
    const { batchId, unchanged } = await fillUnlessInterrupted(work, open)
    const filter = { ...(batchId !== undefined && { batchId }) }
    const engine = open.worker({
      ...filter,
      longestWaitMs: settings.longestWaitMs,
      again: work.again ?? false,
      moreToCome: work.keepFilling !== undefined,
    })
    const seen = report(engine, reporter)
    const filling = work.keepFilling?.(open, engine)
    const end = await workUntil(engine, interrupted)
    const left = await filling?.close()
    if ('error' in end) reporter.problem(end.error)
    const summary = summarise(open.stores.transfers, filter, unchanged, left)
    reporter.summary(summary)
    log.scope('command').info('ends', { command, ...summary })
    return exitCodeAfter(end, { ...summary, aboutRights: seen.aboutRights })
  } finally {
    await open.close()
  }
}

async function fillUnlessInterrupted(work: QueueWork, open: OpenEngine) {
  try {
    return await work.fillQueue(open)
  } catch (error) {
    if (!work.interrupted.aborted) throw error
    return { unchanged: 0 }
  }
}

function report(engine: Engine, reporter: Reporter): { aboutRights: boolean } {
  const seen = { aboutRights: false }
  engine.events.on('transfer', (transfer) => {
    const { state } = transfer
    if (state.kind === 'failed' || state.kind === 'blocked') {
      seen.aboutRights ||= isAboutRights(state.error)
    }
    reporter.transfer(transfer)
  })
  engine.events.on('note', (note) => reporter.note(note))
  engine.events.on('progress', (progress) => reporter.progress(progress))
  engine.events.on('waiting', (hold) => reporter.waiting(hold))
  return seen
}

async function workUntil(engine: Engine, interrupted: AbortSignal): Promise<WorkEnd> {
  const stop = () => void engine.stop(STOP_GRACE_MS)
  if (interrupted.aborted) stop()
  interrupted.addEventListener('abort', stop, { once: true })
  const end = await engine.work()
  interrupted.removeEventListener('abort', stop)
  return end
}

function summarise(
  store: TransferStore,
  filter: { batchId?: string },
  unchanged: number,
  left = { failed: 0, unfinished: 0 },
): Summary {
  const { byState } = store.counts(filter)
  return {
    done: byState.done,
    failed: byState.failed + byState.blocked + left.failed,
    skipped: byState.skipped + unchanged,
    unfinished: UNFINISHED.reduce((sum, kind) => sum + byState[kind], left.unfinished),
  }
}
