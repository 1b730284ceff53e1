/**
 * Files in a document: a block for each, at its end. The block comes first, because the media is
 * uploaded to it; so a file that does not arrive leaves an empty block behind, which is taken away.
 */
import { randomUUID } from 'node:crypto'
import { type CallContext, OutcomeUnknown } from '#main/engine/ports.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { AttachPlace, Transfer, UploadPoint } from '#shared/model/transfer.ts'
import { isImage } from '#shared/transfer/is-image.ts'
import type { DocumentOptions } from './base-records.ts'
import type { MediaBlock } from './document-api.ts'
import { allItems } from './document-calls.ts'

type BlockPlace = Extract<AttachPlace, { kind: 'block' }>

/** Looks for a block in a document that is another one each time. */
const MOST_LOOKS = 5
/** 删除块 · invalid param, which a revision is that is not the newest any more. */
const REVISION_OVER = 1770001

export class DocxBlocks {
  readonly #options: DocumentOptions

  constructor(options: DocumentOptions) {
    this.#options = options
  }

  /** Makes the block, unless it is there from an earlier try, and tells where its media is uploaded to. */
  async resolve(
    transfer: Transfer,
    documentId: string,
    context: CallContext,
  ): Promise<UploadPoint> {
    const { store } = this.#options
    const known = store.pendingAttach(transfer.id)?.place
    const place = known?.kind === 'block' ? known : newPlace(transfer)
    const block = place.block ?? (await this.#make(transfer, place, documentId, context))
    return {
      family: 'medias',
      parentType: place.shows === 'image' ? 'docx_image' : 'docx_file',
      parentNode: block.mediaBlockId,
      route: documentId,
    }
  }

  async attach(
    place: AttachPlace,
    documentId: string,
    fileToken: string,
    context: CallContext,
  ): Promise<void> {
    if (place.kind !== 'block' || place.block === undefined) return
    const { calls } = this.#options
    const { shows, block } = place
    const at = { documentId, blockId: block.mediaBlockId, shows, fileToken }
    // Showing the same media twice is showing it once.
    await this.#edit(documentId, context, () => calls.showMedia(at, context))
  }

  /** Deletes the block, if it is there still, and forgets it. */
  async cleanUp(transfer: Transfer, documentId: string, context: CallContext): Promise<void> {
    const { store } = this.#options
    const place = store.pendingAttach(transfer.id)?.place
    if (place?.kind !== 'block') return
    // Stopped while it was being made: the same token tells which one it is.
    const block = place.block ?? (await this.#make(transfer, place, documentId, context))
    await this.#delete(documentId, block.id, context)
    store.dropAttach(transfer.id)
  }

  async #make(
    { id }: Transfer,
    place: BlockPlace,
    documentId: string,
    context: CallContext,
  ): Promise<MediaBlock> {
    const { calls, store } = this.#options
    const { shows, clientToken } = place
    store.saveAttach(id, { place, fileToken: null })
    const block = await this.#edit(documentId, context, () =>
      calls.createMediaBlock({ documentId, shows, clientToken }, context),
    )
    store.saveAttach(id, { place: { ...place, block }, fileToken: null })
    return block
  }

  async #delete(documentId: string, blockId: string, context: CallContext): Promise<void> {
    for (let tries = 1; ; tries++) {
      if (await this.#edit(documentId, context, () => this.#isGone(documentId, blockId, context))) {
        return
      }
      if (tries === MOST_LOOKS) throw new TransferError('document-being-edited')
    }
  }

  /**
   * Deletes the block where it is. Blocks are deleted by position, and people write in the document
   * meanwhile: so the position is that of a revision, and the revision is sent along.
   * @returns whether it is certain that the block is not there any more
   */
  async #isGone(documentId: string, blockId: string, context: CallContext): Promise<boolean> {
    const { calls } = this.#options
    const { revision } = await calls.document({ documentId }, context)
    const at = { documentId, revision }
    try {
      const children = await allItems((page) => calls.children({ ...at, ...page }, context))
      const index = children.indexOf(blockId)
      if (index !== -1) await calls.deleteChild({ ...at, index }, context)
      return true
    } catch (error) {
      if (error instanceof OutcomeUnknown) return false
      if (error instanceof TransferError && error.code === REVISION_OVER) return false
      throw error
    }
  }

  #edit<T>(documentId: string, context: CallContext, work: () => Promise<T>): Promise<T> {
    return this.#options.rhythms.documents.hold(documentId, context, work)
  }
}

export function newPlace({ fileName, sizeBytes }: Transfer): BlockPlace {
  const shows = isImage(fileName, sizeBytes) ? 'image' : 'file'
  return { kind: 'block', shows, clientToken: randomUUID() }
}
