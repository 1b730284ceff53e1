import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination } from '#shared/model/transfer.ts'

/** @throws TransferError `document-needs-folder` when documents are asked for elsewhere than in a folder */
export function demandFolderForDocuments(
  { kind }: Pick<Destination, 'kind'>,
  { asDocument }: { readonly asDocument?: unknown },
): void {
  if (asDocument !== undefined && kind !== 'folder')
    throw new TransferError('document-needs-folder')
}
