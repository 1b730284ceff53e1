import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import type { OpenPreview } from '#main/app/adding/open-preview.ts'
import { demandNotOwnState } from '#main/app/own-state.ts'
import { settledDestination } from '#main/destination/look-up-place.ts'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { findSources } from '#main/engine/find-sources.ts'
import { HeldBack } from '#main/engine/held-back.ts'
import { planUpload } from '#main/engine/plan-upload.ts'
import { previewFiles } from '#main/engine/preview.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { Preview } from '#shared/model/preview.ts'
import type { Destination, Handling } from '#shared/model/transfer.ts'
import { chooseActor } from '../actor.ts'
import { dryRun } from '../dry-run.ts'
import type { ExitCode } from '../exit-code.ts'
import { readHandling } from '../handling-options.ts'
import { maySend } from '../may-send.ts'
import type { Session } from '../session.ts'
import { type Fillable, type Filled, workOnQueue } from '../work-on-queue.ts'

export interface UploadOptions {
  readonly to: string
  readonly again?: boolean
  readonly allowSensitive?: boolean
  readonly dryRun?: boolean
  readonly sameName?: string
  readonly shareWith?: string
}

/** `feidi upload PATH... --to DEST` */
export async function upload(
  session: Session,
  paths: readonly string[],
  options: UploadOptions,
): Promise<ExitCode> {
  const { destination: given, brand } = parseDestination(options.to)
  const again = options.again ?? false
  const handling = readHandling(options)
  const allowSensitive = options.allowSensitive ?? false
  const wanted = { paths, given, handling, again, allowSensitive }
  for (const path of paths) await demandNotOwnState(resolve(path), session.settings.home)
  if (options.dryRun) {
    return dryRun(session, brand, (open) => previewPaths(session, open, wanted))
  }
  const actor = await chooseActor(session, brand)
  return workOnQueue({
    ...session,
    actor,
    command: 'feidi upload',
    fillQueue: (open) => queuePaths(session, open, { ...wanted, account: actor.account }),
  })
}

/** What was asked for. */
interface Wanted {
  readonly paths: readonly string[]
  readonly given: GivenDestination
  readonly handling: Handling
  readonly again: boolean
  readonly allowSensitive: boolean
  readonly account?: string | undefined
}

async function* previewPaths(
  { interrupted: signal }: Session,
  { options, knownPlace }: OpenPreview,
  { paths, given, handling, again, allowSensitive }: Wanted,
): AsyncGenerator<Preview> {
  const { destination } = knownPlace(given)
  const preview = previewFiles({ ...options, again, signal })
  // There is no person to ask, so these files stay here.
  const may = allowSensitive ? undefined : async () => false
  const find = { clock: systemClock, destination, handling, signal, maySend: may }
  const held = new HeldBack(find)
  for await (const item of findSources(await held.withoutHomes(paths), find)) {
    if (!(await held.holds(item))) yield await preview(item)
  }
  for (const item of (await held.settle()).refused) yield await preview(item)
}

async function queuePaths(
  session: Session,
  open: Fillable,
  { paths, given, handling, again, allowSensitive, account }: Wanted,
): Promise<Filled> {
  const { reporter, interrupted: signal } = session
  const destination = await destinationOf(open, given, signal)
  const batchId = randomUUID()
  let unchanged = 0
  let refused = 0
  const { transfers: store, copies } = open.stores
  const may = maySend(session, allowSensitive)
  const wanted = { destination, account, handling, batchId, again, maySend: may }
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
