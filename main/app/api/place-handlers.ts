import { stat } from '#main/lib/file-system.ts'
import type { PLACE_CHANNELS } from '#shared/contract/place-channels.ts'
import type { Handlers } from './answer.ts'
import type { AppParts } from './parts.ts'

type PlaceParts = Pick<AppParts, 'destinations' | 'surroundings' | 'offers'>

export function placeHandlers({
  destinations,
  surroundings,
  offers,
}: PlaceParts): Pick<Handlers, keyof typeof PLACE_CHANNELS> {
  return {
    'destination.check': (input) => destinations.check(input),
    'destination.recent': () => ({ recent: destinations.recent() }),
    'files.pick': async ({ kind }) => ({ paths: await surroundings.pick(kind) }),
    async 'files.take-offered'({ id }) {
      const paths = offers.take(id)
      return { paths, folders: await foldersOf(paths) }
    },
    'folders.browse': (input) => surroundings.browse(input),
  }
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
