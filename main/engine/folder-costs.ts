import type { Destination } from '#shared/model/transfer.ts'
import { addCalls, type CallCounts } from '#shared/transfer/call-cost.ts'

/** A known folder's token; undefined: it will be looked for, and made if it is not there. */
export type FolderLookUp = (parentToken: string, name: string) => string | undefined

/**
 * The cost of finding and making folders in Drive, on the assumption that an unknown folder is not
 * there. Each cost is counted once, with the first file that causes it.
 */
export class FolderCosts {
  readonly #lookUp: FolderLookUp
  /** Folders whose content is known: listed by an earlier file of the plan, or made by it. */
  readonly #seen = new Set<string>()
  readonly #made = new Set<string>()

  constructor(lookUp: FolderLookUp) {
    this.#lookUp = lookUp
  }

  /** Calls before a file can land in this place: it is looked at, so that lost answers can be settled. */
  of(destination: Destination, remoteFolders: readonly string[]): CallCounts {
    if (destination.kind !== 'folder') return {}
    let calls: CallCounts = {}
    let folder = destination.folderToken
    for (const name of remoteFolders) {
      const known = this.#lookUp(folder, name)
      const child = known ?? JSON.stringify([folder, name])
      if (known === undefined && !this.#made.has(child)) {
        calls = addCalls(calls, addCalls(this.#look(folder), { create_folder: 1 }))
        this.#made.add(child)
        this.#seen.add(child)
      }
      folder = child
    }
    return addCalls(calls, this.#look(folder))
  }

  #look(folder: string): CallCounts {
    if (this.#seen.has(folder)) return {}
    this.#seen.add(folder)
    return { list_folder: 1 }
  }
}
