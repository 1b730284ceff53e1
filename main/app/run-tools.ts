import type { CheckOptions } from '#main/destination/check-place.ts'
import type { VerifyTools } from '#main/destination/compare-copy.ts'
import type { DocumentApi } from '#main/destination/document-api.ts'
import { documentCalls } from '#main/destination/document-calls.ts'
import { FolderMirror } from '#main/destination/folder-mirror.ts'
import { FollowSteps } from '#main/destination/follow-steps.ts'
import type { LearnOptions } from '#main/destination/learn-names.ts'
import { PlaceLookUp } from '#main/destination/look-up-place.ts'
import { PlaceBook } from '#main/destination/place-book.ts'
import { PlaceLists } from '#main/destination/place-lists.ts'
import { Targets } from '#main/destination/targets.ts'
import type { LaneSetting } from '#main/engine/call-gate.ts'
import { Calls } from '#main/engine/calls.ts'
import type { FeishuApi } from '#main/engine/ports.ts'
import type { RunTools } from '#main/engine/run.ts'
import type { SourceReader } from '#main/engine/source.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { Stores } from '#main/store/open-stores.ts'
import { partsOfIdentity } from '#shared/model/account.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { SingleCallLimit } from '#shared/transfer/plan-parts.ts'
import { SharedTools } from './shared-tools.ts'

export interface ToolSettings {
  readonly api: FeishuApi & DocumentApi
  readonly stores: Pick<Stores, 'transfers' | 'copies' | 'quota' | 'folders' | 'memos' | 'follow'>
  readonly sources: SourceReader
  readonly clock: Clock
  readonly lanes: LaneSetting
  /** Calls a day and endpoint that this machine may make; undefined: all that others leave. */
  readonly callsPerDay?: number | undefined
  /** The address of a limiter that all machines of the app share. */
  readonly limiterUrl?: string | undefined
  readonly limiterPassword?: string | undefined
  /** PEM file with further root certificates, also for the limiter. */
  readonly caFile?: string | undefined
  /** Undefined: as fast as the line allows. */
  readonly bandwidthBytesPerSecond?: number | undefined
  readonly singleCallLimit?: SingleCallLimit | undefined
  /** The hours in which files go up; absent: at any time. */
  readonly hours?: RunTools['hours']
  /** The key whose limits count; by default, the account itself. */
  readonly appKey?: string
  /** Throws for a place that files may not go to. */
  readonly demandPlace?: (destination: Destination) => void
  /** Tools that other accounts of this process use as well. */
  readonly shared?: SharedTools
}

/** The tools an engine works with, and questions about places that share its gate. */
export interface Tools {
  readonly run: RunTools
  /** Looks up what a place is, and remembers it. */
  readonly places: CheckOptions & LearnOptions
  /** Compares what Feishu holds with what was uploaded. */
  readonly verify: VerifyTools
  /** Takes the steps of rules that follow. */
  readonly follow: FollowSteps
  readonly lists: PlaceLists
  /** No further call is made. */
  release(): void
}

/** Joins an account's calls with the state of a home. */
export function assembleTools(settings: ToolSettings): Tools {
  const { api, stores, sources, clock, lanes, bandwidthBytesPerSecond } = settings
  const { memos, folders, copies, transfers: store } = stores
  const { identity } = api
  const shared = settings.shared ?? new SharedTools(stores, clock)
  const { uplink, pool, sumsOf, landings } = shared
  const { gate, release } = shared.gate(settings.appKey ?? identity, lanes, settings)
  const calls = new Calls({
    api,
    clock,
    uplink,
    gate,
    bandwidth: shared.bandwidth(bandwidthBytesPerSecond),
    random: Math.random,
  })
  const documents = documentCalls(calls, api)
  const mirror = new FolderMirror({
    calls,
    folders,
    copies,
    clock,
    identity,
    lock: shared.folders,
  })
  const book = new PlaceBook(memos)
  const space = partsOfIdentity(identity).kind === 'app' ? 'app' : 'mine'
  const { rhythms } = shared
  const targets = new Targets({
    ...{ calls: documents, store, copies, clock, mirror, rhythms },
    serverNowMs: () => calls.serverNowMs(),
    demandPlace: settings.demandPlace,
  })
  return {
    run: {
      store,
      copies,
      calls,
      targets,
      attacher: targets,
      memos,
      sources,
      pool,
      sumsOf,
      clock,
      uplink,
      landings,
      opening: shared.opening,
      singleCallLimit: settings.singleCallLimit ?? 'auto',
      hours: settings.hours,
    },
    places: {
      lookUp: new PlaceLookUp({ documents, folders: calls, clock, space }),
      book,
      identity,
      documents,
      clock,
    },
    verify: { calls, documents, sources, clock },
    follow: new FollowSteps({
      ...{ calls: documents, mirror, folders, copies, clock, identity },
      store: stores.follow,
      clockOffsetMs: () => api.clockOffsetMs,
    }),
    lists: new PlaceLists({
      ...{ documents, folders: calls, mirror, known: folders, identity },
      who: partsOfIdentity(identity),
    }),
    release,
  }
}
