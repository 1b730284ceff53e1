import { randomUUID } from 'node:crypto'
import type { OpenEngine } from '#main/compose/open-engine.ts'
import { systemClock } from '#main/engine/clock.ts'
import { planUpload } from '#main/engine/plan-upload.ts'
import { parseDestination } from '#main/target/parse-destination.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { baseUrlFor, readCredentials } from '../settings.ts'
import { workOnQueue } from '../work-on-queue.ts'

export interface UploadOptions {
  readonly to: string
  readonly again?: boolean
}

/** `feidi upload PATH... --to DEST` */
export async function upload(
  session: Session,
  paths: readonly string[],
  options: UploadOptions,
): Promise<ExitCode> {
  const { destination, brand } = parseDestination(options.to)
  const { settings } = session
  const again = options.again ?? false
  return workOnQueue({
    ...session,
    baseUrl: baseUrlFor(settings, brand),
    credentials: readCredentials(session.env),
    command: 'feidi upload',
    fillQueue: (open) => queuePaths(session, open, paths, destination, again),
    again,
  })
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
