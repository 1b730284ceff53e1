/** The parts a dry run needs: all remembered state, and nothing that could send or change. */

import { knownPlace } from '#main/destination/check-place.ts'
import { PlaceBook } from '#main/destination/place-book.ts'
import type { PreviewOptions } from '#main/engine/preview.ts'
import { replacesFilesMemo } from '#main/engine/same-name.ts'
import { fileSources } from '#main/engine/source.ts'
import { rememberedUplink } from '#main/engine/uplink.ts'
import { systemClock } from '#main/lib/clock.ts'
import { copyStores } from '#main/store/copy-stores.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import { LAST_IDENTITY_MEMO } from '../last-account.ts'

export interface PreviewSettings {
  readonly home: string
  /** The identity whose knowledge of remote folders is used; undefined: the last one here. */
  readonly identity: string | undefined
  readonly singleCallLimit: SingleCallLimit
}

export interface OpenPreview {
  readonly options: Pick<PreviewOptions, 'knowledge' | 'tools' | 'clock'>
  /** A copy: changes to it affect no one. */
  readonly stores: Stores
  /** Returns what is known of a place without asking. */
  knownPlace(given: GivenDestination): { readonly destination: Destination }
  close(): void
}

/** Returns the knowledge of a dry run, which only reads it. */
export function previewOptions(
  { transfers, copies, folders, memos }: Stores,
  { home, identity = '', singleCallLimit }: PreviewSettings,
): OpenPreview['options'] {
  return {
    knowledge: {
      ...{ transfers, copies, singleCallLimit },
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
export function openPreview(settings: PreviewSettings): OpenPreview {
  const { home, identity: given, singleCallLimit } = settings
  const stores = copyStores(home)
  const identity = given ?? stores.memos.recall<string>(LAST_IDENTITY_MEMO) ?? ''
  return {
    options: previewOptions(stores, { home, identity, singleCallLimit }),
    stores,
    knownPlace: (given) => knownPlace(new PlaceBook(stores.memos), identity, given),
    close: () => stores.close(),
  }
}
