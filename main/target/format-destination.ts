import type { Destination } from '#shared/model/transfer.ts'

/** A destination as `parseDestination` reads it. */
export function formatDestination(destination: Destination): string {
  return destination.kind === 'folder'
    ? `folder:${destination.folderToken}`
    : `media:${destination.parentType}:${destination.parentNode}`
}
