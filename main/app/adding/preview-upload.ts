import { type FindOptions, findSources } from '#main/engine/find-sources.ts'
import { HeldBack } from '#main/engine/held-back.ts'
import { type PreviewOptions, previewFiles } from '#main/engine/preview.ts'
import type { Preview } from '#shared/model/preview.ts'
import { demandPlaceForDocuments } from './document-place.ts'

export interface PreviewedUpload
  extends Pick<FindOptions, 'destination' | 'handling' | 'account' | 'signal'>,
    Pick<PreviewOptions, 'knowledge' | 'tools' | 'clock' | 'again'> {
  readonly paths: readonly string[]
  /** False: keys, passwords and whole homes stay here. */
  readonly allowSensitive: boolean
}

/** Says file by file what an upload would do, as `planUpload` will queue it. Sends and changes nothing. */
export async function* previewUpload(wanted: PreviewedUpload): AsyncGenerator<Preview> {
  const { paths, destination, handling = {}, allowSensitive } = wanted
  demandPlaceForDocuments(destination, handling)
  const preview = previewFiles(wanted)
  const find = { ...wanted, maySend: allowSensitive ? undefined : async () => false }
  const held = new HeldBack(find)
  for await (const item of findSources(await held.withoutHomes(paths), find)) {
    if (!(await held.holds(item))) yield await preview(item)
  }
  for (const item of (await held.settle()).refused) yield await preview(item)
}
