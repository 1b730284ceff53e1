import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { takesDocuments } from '#shared/transfer/as-document.ts'

/** @throws TransferError `document-needs-folder` when documents are asked for where none can be made */
export function demandPlaceForDocuments(
  destination: Pick<Destination, 'kind'>,
  { asDocument }: { readonly asDocument?: unknown },
): void {
  if (asDocument !== undefined && !takesDocuments(destination)) {
    throw new TransferError('document-needs-folder')
  }
}
