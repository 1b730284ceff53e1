import { placeNameIn } from '#main/destination/place-book.ts'
import { openStoresReadOnly } from '#main/store/open-read-only.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Destination } from '#shared/model/transfer.ts'

const NOTHING = { recall: () => undefined }

/** Returns the names of destinations in their order, as a home knows them, also while another process owns it. */
export function namesInHome(home: string, destinations: readonly Destination[]): PlaceName[] {
  const stores = openStoresReadOnly(home)
  try {
    return destinations.map((each) => placeNameIn(stores?.memos ?? NOTHING, each))
  } finally {
    stores?.close()
  }
}
