import type { PLACE_CHANNELS } from '#shared/ipc/place-channels.ts'
import type { Handlers } from '../answer.ts'
import type { Offers } from '../offers.ts'
import type { HostParts } from './parts.ts'

interface PlaceParts extends HostParts {
  readonly offers: Offers
}

export function placeHandlers({
  destinations,
  surroundings,
  offers,
}: PlaceParts): Pick<Handlers, keyof typeof PLACE_CHANNELS> {
  return {
    'destination.check': (input) => destinations.check(input),
    'destination.recent': () => ({ recent: destinations.recent() }),
    'files.pick': async ({ kind }) => ({ paths: await surroundings.pick(kind) }),
    'files.take-offered': ({ id }) => ({ paths: offers.take(id) }),
    'folders.browse': (input) => surroundings.browse(input),
  }
}
