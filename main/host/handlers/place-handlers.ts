import type { PLACE_CHANNELS } from '#shared/ipc/place-channels.ts'
import type { Handlers } from '../answer.ts'
import type { HostParts } from './parts.ts'

export function placeHandlers({
  destinations,
  surroundings,
}: HostParts): Pick<Handlers, keyof typeof PLACE_CHANNELS> {
  return {
    'destination.check': ({ text }) => destinations.check(text),
    'destination.recent': () => ({ recent: destinations.recent() }),
    'files.pick': async ({ kind }) => ({ paths: await surroundings.pick(kind) }),
    'folders.browse': (input) => surroundings.browse(input),
  }
}
