import type { CopyStore, RemoteFile } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { LISTING_LAG_MS } from './folder-listings.ts'

/** A remote folder as copies name it. */
export interface RemotePlace {
  readonly destination: Destination
  readonly remoteFolders: readonly string[]
}

export interface Seen {
  readonly files: readonly Pick<RemoteFile, 'token'>[]
  /** When the whole listing was asked for. */
  readonly askedAtMs: number
}

interface VanishedOptions {
  readonly copies: Pick<CopyStore, 'inFolder' | 'missed'>
  readonly clock: Clock
  /** The identity that has looked: another account may not see all files. */
  readonly identity: string
}

/**
 * Compares what is known to be in a folder with all that a listing of it has. Copies that are no longer
 * there, deleted or moved elsewhere, are noted as missing; those that are there again are not.
 * @returns the copies that were not known to be missing
 */
export function noteVanished(
  { copies, clock, identity }: VanishedOptions,
  place: RemotePlace,
  { files, askedAtMs }: Seen,
): Copy[] {
  const there = new Set(files.map(({ token }) => token))
  const known = copies
    .inFolder(place.destination, place.remoteFolders)
    .filter((copy) => copy.identity === '' || copy.identity === identity)
  const back = known.filter(
    ({ fileToken, missedAtMs }) => missedAtMs !== null && there.has(fileToken),
  )
  const vanished = known.filter(
    ({ fileToken, missedAtMs, landedAtMs }) =>
      // A listing may lag behind what has only just landed.
      missedAtMs === null && landedAtMs < askedAtMs - LISTING_LAG_MS && !there.has(fileToken),
  )
  if (back.length > 0) copies.missed(tokensOf(back), null)
  if (vanished.length > 0) copies.missed(tokensOf(vanished), clock.nowMs())
  return vanished
}

function tokensOf(copies: readonly Copy[]): string[] {
  return copies.map(({ fileToken }) => fileToken)
}
