/** What a dry run needs: everything that is remembered, and nothing that could send or change. */
import { BufferPool } from '#main/engine/buffer-pool.ts'
import { systemClock } from '#main/engine/clock.ts'
import type { PreviewKnowledge, PreviewOptions } from '#main/engine/preview.ts'
import { fileSources } from '#main/engine/source.ts'
import { rememberedUplink } from '#main/engine/uplink.ts'
import { parseBaseUrl } from '#main/remote/base-url.ts'
import { type Credentials, identityOf } from '#main/remote/feishu-api.ts'
import { openStoresReadOnly, type ReadOnlyStores } from '#main/store/open-stores.ts'
import { LAST_APP_MEMO } from './open-engine.ts'

export interface PreviewSettings {
  readonly home: string
  readonly baseUrl: string
  /** Undefined: as whoever was here last, for what is known of remote folders. */
  readonly credentials: Credentials | undefined
}

export interface OpenPreview {
  readonly options: Pick<PreviewOptions, 'knowledge' | 'tools' | 'clock'>
  /** Undefined when nothing was ever stored in this home. */
  readonly stores: ReadOnlyStores | undefined
  close(): void
}

/** Files are read one part at a time. */
const POOL_BYTES = 24 * 1024 * 1024

/** Opens the home to look at it, also while another process is at work in it. */
export function openPreview(settings: PreviewSettings): OpenPreview {
  const stores = openStoresReadOnly(settings.home)
  return {
    options: {
      knowledge: stores === undefined ? NOTHING_KNOWN : knowledgeOf(stores, settings),
      tools: { sources: fileSources, pool: new BufferPool(POOL_BYTES) },
      clock: systemClock,
    },
    stores,
    close: () => stores?.close(),
  }
}

function knowledgeOf(stores: ReadOnlyStores, settings: PreviewSettings): PreviewKnowledge {
  const { credentials, baseUrl } = settings
  const identity =
    credentials === undefined
      ? (stores.memos.recall<string>(LAST_APP_MEMO) ?? '')
      : identityOf(credentials, parseBaseUrl(baseUrl).host)
  return {
    transfers: stores.transfers,
    folderToken: (parent, name) => stores.folders.folderToken(identity, parent, name),
    uplinkBytesPerSecond: rememberedUplink(stores.memos),
  }
}

const NOTHING_KNOWN: PreviewKnowledge = {
  transfers: {
    lastDone: () => undefined,
    openAt: () => undefined,
    transaction: () => undefined,
    acknowledgedParts: () => [],
    pendingLanding: () => undefined,
  },
  folderToken: () => undefined,
  uplinkBytesPerSecond: undefined,
}
