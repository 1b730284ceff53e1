import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { formatDestination } from './format-destination.ts'
import type { GivenDestination } from './given-destination.ts'

/**
 * The destination, if files can be brought there.
 * @throws TransferError `destination-unsupported`
 */
export function workingDestination(given: GivenDestination): Destination {
  if (given.kind === 'folder' || given.kind === 'media') return given
  throw new TransferError('destination-unsupported', { detail: formatDestination(given) })
}
