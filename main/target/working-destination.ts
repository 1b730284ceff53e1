import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { formatDestination } from './format-destination.ts'
import type { GivenDestination } from './given-destination.ts'

/**
 * The destination, if nobody has to be asked what it is.
 * @throws TransferError `destination-not-looked-up`
 */
export function workingDestination(given: GivenDestination): Destination {
  if (given.kind !== 'wiki' && given.kind !== 'whole-base') return given
  throw new TransferError('destination-not-looked-up', { detail: formatDestination(given) })
}
