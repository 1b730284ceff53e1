import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { type GivenDestination, isDestination } from '#shared/model/given-destination.ts'
import type { Destination } from '#shared/model/transfer.ts'
import type { Place, PlaceLookUp } from './look-up-place.ts'
import type { PlaceBook } from './place-book.ts'
import { askForPerson, FIRST } from './side-calls.ts'

/** The longest a check may take: a person waits for the answer. */
const CHECK_LIMIT_MS = 15_000

export interface CheckOptions {
  readonly lookUp: PlaceLookUp
  readonly book: PlaceBook
  /** The identity whose token is in use. */
  readonly identity: string
}

/** A place as far as it is known now. */
export interface CheckedPlace extends Place {
  /**
   * The reason Feishu could not be asked now; the data is from last time, or from the link alone.
   */
  readonly unverified?: TransferError
}

/**
 * Looks up a place and remembers it. When Feishu cannot be reached, the last result counts.
 * @throws TransferError when the place is unusable or cannot be identified
 */
export async function checkPlace(
  { lookUp: lookUpPlace, book, identity }: CheckOptions,
  given: GivenDestination,
  signal: AbortSignal,
): Promise<CheckedPlace> {
  try {
    const place = await askForPerson(signal, { rank: FIRST, limitMs: CHECK_LIMIT_MS }, (context) =>
      lookUpPlace.lookUp(given, context),
    )
    const { destination, names, unsettled } = place
    if (unsettled === undefined && isDestination(destination)) {
      book.keep(identity, given, { destination, names })
    }
    return place
  } catch (error) {
    if (signal.aborted || !(error instanceof TransferError)) throw error
    if (couldNotAsk(error)) return { ...knownPlace(book, identity, given), unverified: error }
    book.forget(identity, given)
    throw error
  }
}

/**
 * Returns what is known of a place without a call to Feishu.
 * @throws TransferError `destination-not-looked-up` for a wiki page or a whole Base that was never
 *   looked up
 */
export function knownPlace(
  book: PlaceBook,
  identity: string,
  given: GivenDestination,
): Place & { readonly destination: Destination } {
  const known = book.recall(identity, given)
  if (known !== undefined) return known
  if (isDestination(given)) return { destination: given, names: book.namesOf(given) }
  throw new TransferError('destination-not-looked-up')
}

/**
 * Checks whether Feishu could not be asked. The place may still be good then; a refused one is not.
 */
function couldNotAsk(error: TransferError): boolean {
  const { domain } = lookUp(error)
  return domain === 'network' || domain === 'server' || domain === 'quota'
}
