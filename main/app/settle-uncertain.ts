/** The decisions a person makes about uploads with a lost answer that could not be compared. */
import type { TransferStore } from '#main/store/transfer-store.ts'
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Candidate } from '#shared/model/error-info.ts'
import type { Transfer } from '#shared/model/transfer.ts'

/** Returns the files that may be this one; undefined when the transfer is not one of these. */
export function candidatesOf({ state }: Transfer): readonly Candidate[] | undefined {
  if (state.kind !== 'failed' || !means(state.error, 'uncertain')) return undefined
  return state.error.candidates ?? []
}

/**
 * Notes that a file in Feishu is this one. The transfer is done with it as soon as it runs again.
 * @throws TransferError `transfer-gone` when it is not one of those the person was asked about
 */
export function confirmMine(
  store: Pick<TransferStore, 'pendingLanding' | 'openLanding' | 'pendingAttach' | 'saveAttach'>,
  transfer: Transfer,
  fileToken: string,
): void {
  const { id } = transfer
  const candidate = candidatesOf(transfer)?.find((each) => each.fileToken === fileToken)
  const landing = store.pendingLanding(id)
  const place = store.pendingAttach(id)?.place
  if (candidate !== undefined && landing?.asked !== undefined) {
    store.openLanding(id, { ...landing, asked: { ...landing.asked, mine: fileToken } })
  } else if (candidate !== undefined && place?.kind === 'document') {
    const { url } = candidate
    const made = { token: fileToken, cut: [], byPerson: true, ...(url !== undefined && { url }) }
    store.saveAttach(id, { place: { ...place, made }, fileToken })
  } else throw new TransferError('transfer-gone', { detail: fileToken })
}
