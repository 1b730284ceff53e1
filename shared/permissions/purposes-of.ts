import type { Destination, Handling } from '../model/transfer.ts'
import type { Purpose } from './scope-groups.ts'

/** Returns the purposes that an upload to a destination needs. */
export function purposesOf(
  destination: Destination,
  { asDocument, shareWith }: Handling = {},
): Purpose[] {
  const purposes = [placeOf(destination)]
  if (asDocument !== undefined) {
    if (destination.kind === 'folder') purposes.push('import')
    if (destination.kind === 'page') purposes.push('wikiImport')
  }
  if (shareWith !== undefined) purposes.push('share')
  return purposes
}

function placeOf(destination: Destination): Purpose {
  switch (destination.kind) {
    case 'docx':
      return 'document'
    case 'base':
      return destination.recordId === undefined ? 'base' : 'record'
    case 'file':
      return 'folder'
    default:
      return destination.kind
  }
}
