import { knownPlace } from '#main/destination/check-place.ts'
import { settledDestination } from '#main/destination/look-up-place.ts'
import { PlaceBook } from '#main/destination/place-book.ts'
import { copyStores } from '#main/store/copy-stores.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { WorkLog } from '../log-work.ts'
import { type ConnectionSettings, connect } from '../open-engine.ts'

/**
 * Looks up the destination a person means without claiming the home: another process may be at work
 * in it.
 * @param settings undefined without an account: what is known already has to suffice
 * @throws TransferError when it is no place for files, or when it cannot be identified
 */
export async function lookUpOnce(
  home: string,
  settings: ConnectionSettings | undefined,
  given: GivenDestination,
  log: WorkLog,
  signal: AbortSignal,
): Promise<Destination> {
  const stores = copyStores(home)
  try {
    if (settings === undefined) {
      return knownPlace(new PlaceBook(stores.memos), '', given).destination
    }
    const connection = connect(stores, settings, log)
    try {
      return settledDestination(await connection.checkPlace(given, signal))
    } finally {
      await connection.close()
    }
  } finally {
    stores.close()
  }
}
