import { randomUUID } from 'node:crypto'
import type { OpenEngine } from '#main/compose/open-engine.ts'
import type { OpenPreview } from '#main/compose/open-preview.ts'
import { systemClock } from '#main/engine/clock.ts'
import { findSources } from '#main/engine/find-sources.ts'
import { planUpload } from '#main/engine/plan-upload.ts'
import { type Preview, previewFiles } from '#main/engine/preview.ts'
import { parseDestination } from '#main/target/parse-destination.ts'
import { workingDestination } from '#main/target/working-destination.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { dryRun } from '../dry-run.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { baseUrlFor, readCredentials } from '../settings.ts'
import { workOnQueue } from '../work-on-queue.ts'

export interface UploadOptions {
  readonly to: string
  readonly again?: boolean
  readonly dryRun?: boolean
}

/** `feidi upload PATH... --to DEST` */
export async function upload(
  session: Session,
  paths: readonly string[],
  options: UploadOptions,
): Promise<ExitCode> {
  const { destination: given, brand } = parseDestination(options.to)
  const destination = workingDestination(given)
  const { settings } = session
  const again = options.again ?? false
  const baseUrl = baseUrlFor(settings, brand)
  if (options.dryRun) {
    return dryRun(session, baseUrl, (open) =>
      previewPaths(session, open, paths, destination, again),
    )
  }
  return workOnQueue({
    ...session,
    baseUrl,
    credentials: readCredentials(session.env),
    command: 'feidi upload',
    fillQueue: (open) => queuePaths(session, open, paths, destination, again),
    again,
  })
}

async function* previewPaths(
  { interrupted: signal }: Session,
  { options }: OpenPreview,
  paths: readonly string[],
  destination: Destination,
  again: boolean,
): AsyncGenerator<Preview> {
  const preview = previewFiles({ ...options, again, signal })
  const sources = findSources(paths, { clock: systemClock, destination, signal })
  for await (const item of sources) yield await preview(item)
}

async function queuePaths(
  { reporter, interrupted }: Session,
  { stores }: OpenEngine,
  paths: readonly string[],
  destination: Destination,
  again: boolean,
): Promise<{ batchId: string; unchanged: number }> {
  const batchId = randomUUID()
  let unchanged = 0
  const store = stores.transfers
  const plan = planUpload(paths, {
    store,
    clock: systemClock,
    destination,
    batchId,
    again,
    signal: interrupted,
  })
  for await (const chunk of plan) {
    for (const { kind, transfer } of chunk) {
      if (kind === 'queued') reporter.transfer(transfer)
      else {
        unchanged += 1
        reporter.unchanged(transfer)
      }
    }
  }
  return { batchId, unchanged }
}
