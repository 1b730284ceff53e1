import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { settledDestination } from '#main/destination/look-up-place.ts'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { findSources } from '#main/engine/find-sources.ts'
import { HeldBack } from '#main/engine/held-back.ts'
import { planUpload } from '#main/engine/plan-upload.ts'
import { previewFiles } from '#main/engine/preview.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { Preview } from '#shared/model/preview.ts'
import type { MaySend } from '#shared/model/sensitive.ts'
import type { Destination, Handling } from '#shared/model/transfer.ts'
import { chooseActor } from '../accounts/actor.ts'
import { demandFolderForDocuments } from '../adding/document-place.ts'
import type { OpenPreview } from '../adding/open-preview.ts'
import { demandNotOwnState } from '../own-state.ts'
import type { AppSession } from '../session.ts'
import { dryRun } from './dry-run.ts'
import type { PlanTotals } from './reporter.ts'
import { type Fillable, type Filled, type WorkResult, workOnQueue } from './work-on-queue.ts'

export interface UploadWishes {
  readonly paths: readonly string[]
  /** A destination as a person gives it. */
  readonly to: string
  readonly handling: Handling
  /** Also files that are up already and have not changed. */
  readonly again: boolean
  /** Absent: sensitive files are sent without a question. */
  readonly maySend: MaySend | undefined
}

/**
 * Queues files and folders, and works until they are settled.
 * @throws TransferError when the destination is none, or when the work cannot begin
 */
export async function upload(session: AppSession, wishes: UploadWishes): Promise<WorkResult> {
  const { destination: given, brand } = await demanded(session, wishes)
  const actor = await chooseActor(session, brand)
  return workOnQueue({
    ...session,
    actor,
    command: 'feidi upload',
    fillQueue: (open) => queuePaths(session, open, given, actor.account, wishes),
  })
}

/** Tells what `upload` would do; undefined: it was interrupted. */
export async function planUploadOf(
  session: AppSession,
  wishes: UploadWishes,
): Promise<PlanTotals | undefined> {
  const { destination, brand } = await demanded(session, wishes)
  return dryRun(session, brand, (open) => previewPaths(session, open, destination, wishes))
}

async function demanded({ settings }: AppSession, { paths, to }: UploadWishes) {
  const parsed = parseDestination(to)
  for (const path of paths) await demandNotOwnState(resolve(path), settings.home)
  return parsed
}

async function* previewPaths(
  { interrupted: signal }: AppSession,
  { options, knownPlace }: OpenPreview,
  given: GivenDestination,
  { paths, handling, again, maySend }: UploadWishes,
): AsyncGenerator<Preview> {
  const { destination } = knownPlace(given)
  demandFolderForDocuments(destination, handling)
  const preview = previewFiles({ ...options, again, signal })
  // A dry run asks no questions, so these files stay here.
  const may = maySend && (async () => false)
  const find = { clock: systemClock, destination, handling, signal, maySend: may }
  const held = new HeldBack(find)
  for await (const item of findSources(await held.withoutHomes(paths), find)) {
    if (!(await held.holds(item))) yield await preview(item)
  }
  for (const item of (await held.settle()).refused) yield await preview(item)
}

async function queuePaths(
  { reporter, interrupted: signal }: AppSession,
  open: Fillable,
  given: GivenDestination,
  account: string | undefined,
  { paths, handling, again, maySend }: UploadWishes,
): Promise<Filled> {
  const destination = await destinationOf(open, given, signal)
  demandFolderForDocuments(destination, handling)
  const batchId = randomUUID()
  let unchanged = 0
  let refused = 0
  const { transfers: store, copies } = open.stores
  const wanted = { destination, account, handling, batchId, again, maySend }
  const plan = planUpload(paths, { store, copies, clock: systemClock, ...wanted, signal })
  for await (const chunk of plan) {
    for (const planned of chunk) {
      if (planned.kind === 'unchanged') {
        unchanged += 1
        reporter.unchanged(planned.copy)
        continue
      }
      if (planned.kind === 'refused') refused += 1
      reporter.transfer(planned.transfer)
    }
  }
  return { batchId, unchanged, refused }
}

/** A folder is looked at with the first file; of anything else it is better to know beforehand. */
async function destinationOf(
  open: Fillable,
  given: GivenDestination,
  signal: AbortSignal,
): Promise<Destination> {
  if (given.kind === 'folder' || given.kind === 'media') return given
  return settledDestination(await open.checkPlace(given, signal))
}
