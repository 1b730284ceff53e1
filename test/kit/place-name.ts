import type { PlaceName } from '#shared/model/place-name.ts'
import type { DestinationKind } from '#shared/model/transfer.ts'

/** A place called that, outermost name first; without names it has none. */
export function placeNamed(kind: DestinationKind, ...path: string[]): PlaceName {
  return { kind, space: null, path, part: null, tokenEnd: '0001', unnamed: null }
}
