/** The parts a dry run needs: all remembered state, and nothing that could send or change. */

import { knownPlace } from '#main/destination/check-place.ts'
import { PlaceBook } from '#main/destination/place-book.ts'
import type { PreviewOptions } from '#main/engine/preview.ts'
import { replacesFilesMemo } from '#main/engine/same-name.ts'
import { refusedSize } from '#main/engine/size-cap.ts'
import { fileSources } from '#main/engine/source.ts'
import { rememberedUplink } from '#main/engine/uplink.ts'
import { systemClock } from '#main/lib/clock.ts'
import { copyStores } from '#main/store/copy-stores.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import { planQueue, type QueuePlan, type WorkAhead } from '#shared/transfer/plan-queue.ts'
import { LAST_IDENTITY_MEMO } from '../last-account.ts'
import { type GivenLimits, limitsNow } from '../queue-outlook.ts'

export interface PreviewSettings {
  readonly home: string
  /** The identity whose knowledge of remote folders is used; undefined: the last one here. */
  readonly identity: string | undefined
  readonly singleCallLimit: SingleCallLimit
  /** The calls of parts, and how fast they go; absent: no file is refused for them. */
  readonly partLimits?: PreviewOptions['knowledge']['partLimits']
}

/** A dry run of the command line. */
export interface DryRunSettings extends Omit<PreviewSettings, 'partLimits'> {
  readonly given: GivenLimits
}

export interface OpenPreview {
  readonly options: Pick<PreviewOptions, 'knowledge' | 'tools' | 'clock'>
  /** A copy: changes to it affect no one. */
  readonly stores: Stores
  /** Returns what is known of a place without asking. */
  knownPlace(given: GivenDestination): { readonly destination: Destination }
  /** Plans so much work by days. */
  planOf(ahead: WorkAhead): QueuePlan
  close(): void
}

/** Returns the knowledge of a dry run, which only reads it. */
export function previewOptions(
  { transfers, copies, folders, memos }: Stores,
  { home, identity = '', singleCallLimit, partLimits }: PreviewSettings,
): OpenPreview['options'] {
  return {
    knowledge: {
      ...{ transfers, copies, singleCallLimit, ...(partLimits && { partLimits }) },
      refusedSize: refusedSize(memos, identity),
      folderToken: (parent, name) => folders.folderToken(identity, parent, name),
      identity: identity || undefined,
      uplinkBytesPerSecond: rememberedUplink(memos),
      replacesFiles: memos.recall<boolean>(replacesFilesMemo(identity)),
    },
    tools: { sources: fileSources(home) },
    clock: systemClock,
  }
}

/** Opens a copy of what the home remembers, also while another process is at work in it. */
export function openPreview(settings: DryRunSettings): OpenPreview {
  const { home, identity: given, singleCallLimit } = settings
  const stores = copyStores(home)
  const identity = given ?? stores.memos.recall<string>(LAST_IDENTITY_MEMO) ?? ''
  const { basis } = limitsNow(stores, home, settings.given, systemClock.nowMs())
  const { cost, hours, today, daily } = basis
  const partLimits = { cost, hours, today: today.parts, daily: daily.parts }
  return {
    options: previewOptions(stores, { home, identity, singleCallLimit, partLimits }),
    planOf: (ahead) => planQueue({ ...basis, ahead }),
    stores,
    knownPlace: (given) => knownPlace(new PlaceBook(stores.memos), identity, given),
    close: () => stores.close(),
  }
}
