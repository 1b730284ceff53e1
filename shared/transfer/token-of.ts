import type { Destination } from '../model/transfer.ts'

/** Returns the token of a destination: of the folder, document, sheet, Base, file, wiki page or upload point. */
export function tokenOf(destination: Destination): string {
  switch (destination.kind) {
    case 'folder':
      return destination.folderToken
    case 'media':
      return destination.parentNode
    case 'docx':
      return destination.documentId
    case 'sheet':
      return destination.spreadsheetToken
    case 'base':
      return destination.appToken
    case 'page':
      return destination.nodeToken
    case 'file':
      return destination.fileToken
  }
}
