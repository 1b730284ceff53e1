import { TransferError } from '#shared/errors/transfer-error.ts'
import { RemoteLayout } from '#shared/transfer/remote-layout.ts'
import type { NewTransfer } from './ports.ts'

/** The children that a file makes in its folder. */
interface Needs {
  /** The copy that is up, whatever becomes of it. */
  readonly isThere: boolean
  /** One that is to come. */
  readonly isAdded: boolean
}

/** Counts what a plan puts into each remote folder, as far as it is known what is there. */
export class RemoteRoom {
  /** Token of the destination -> the folders below it. */
  readonly #layouts = new Map<string, RemoteLayout>()

  /**
   * Takes the room that a file needs.
   * @returns why it can not go there: `folder-full` or `folder-too-deep`
   */
  take(
    { destination, remoteFolders }: Pick<NewTransfer, 'destination' | 'remoteFolders'>,
    { isThere, isAdded }: Needs,
  ): TransferError | undefined {
    if (destination.kind !== 'folder') return undefined
    const layout = this.#layoutOf(destination.folderToken)
    if (isThere) layout.placeFile(remoteFolders)
    if (!isAdded) return undefined
    const placement = layout.placeFile(remoteFolders)
    if (placement.kind === 'placed') return undefined
    return new TransferError(placement.code, { detail: placement.folder.join('/') })
  }

  #layoutOf(token: string): RemoteLayout {
    const known = this.#layouts.get(token)
    if (known !== undefined) return known
    const layout = new RemoteLayout({ rootName: '', overflow: false, places: [] })
    this.#layouts.set(token, layout)
    return layout
  }
}
