import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { settledDestination } from '#main/destination/look-up-place.ts'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { planUpload } from '#main/engine/plan-upload.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { MaySend } from '#shared/model/sensitive.ts'
import type { Destination, Handling } from '#shared/model/transfer.ts'
import { chooseActor } from '../accounts/actor.ts'
import { demandPlaceForDocuments } from '../adding/document-place.ts'
import { previewUpload } from '../adding/preview-upload.ts'
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
  const { paths, handling, again, maySend } = wishes
  return dryRun(session, brand, ({ options, knownPlace }) =>
    previewUpload({
      ...{ ...options, paths, handling, again, signal: session.interrupted },
      ...knownPlace(destination),
      // A dry run asks no questions, so these files stay here.
      allowSensitive: maySend === undefined,
    }),
  )
}

async function demanded({ settings }: AppSession, { paths, to }: UploadWishes) {
  const parsed = parseDestination(to)
  for (const path of paths) await demandNotOwnState(resolve(path), settings.home)
  return parsed
}

async function queuePaths(
  { reporter, interrupted: signal }: AppSession,
  open: Fillable,
  given: GivenDestination,
  account: string | undefined,
  { paths, handling, again, maySend }: UploadWishes,
): Promise<Filled> {
  const destination = await destinationOf(open, given, signal)
  demandPlaceForDocuments(destination, handling)
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
