import { stat } from '#main/lib/file-system.ts'
import type { BROWSE_CHANNELS } from '#shared/contract/browse-channels.ts'
import type { PLACE_CHANNELS } from '#shared/contract/place-channels.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import type { Destinations } from '../adding/destinations.ts'
import type { Handlers } from './answer.ts'
import type { AppParts } from './parts.ts'

type PlaceParts = Pick<AppParts, 'destinations' | 'browser' | 'surroundings' | 'offers' | 'stores'>

type PlaceChannels = keyof typeof PLACE_CHANNELS | keyof typeof BROWSE_CHANNELS

export function placeHandlers({
  destinations,
  browser,
  surroundings,
  offers,
  stores,
}: PlaceParts): Pick<Handlers, PlaceChannels> {
  return {
    'destination.check': (input) => destinations.check(input, browser),
    'destination.recent': () => ({ recent: refusedLast(destinations.recent(), stores) }),
    'places.list': (input) => browser.list(input),
    'places.make-folder': (input) => browser.makeFolder(input),
    'places.pin'(input) {
      browser.pin(input)
      return {}
    },
    'files.pick': async ({ kind }) => ({ paths: await surroundings.pick(kind) }),
    async 'files.take-offered'({ id }) {
      const paths = offers.take(id)
      return { paths, folders: await foldersOf(paths) }
    },
    'folders.browse': (input) => surroundings.browse(input),
  }
}

type Recent = ReturnType<Destinations['recent']>

/** The first one is offered as the destination: not one that has just refused files. */
function refusedLast(recent: Recent, { windows }: AppParts['stores']): Recent {
  const refusing = new Set(
    windows
      .troubles()
      .filter(({ error }) => ['target', 'permission'].includes(lookUp(error).domain))
      .map(({ destination }) => formatDestination(destination)),
  )
  const has = ({ destination }: Recent[number]) => refusing.has(formatDestination(destination))
  return [...recent.filter((each) => !has(each)), ...recent.filter(has)]
}

/**
 * Returns the folders among the paths. A path that is missing or cannot be seen is reported when it
 * is queued.
 */
async function foldersOf(paths: readonly string[]): Promise<string[]> {
  const isFolder = (path: string) =>
    stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    )
  const found = await Promise.all(paths.map(isFolder))
  return paths.filter((_, index) => found[index])
}
