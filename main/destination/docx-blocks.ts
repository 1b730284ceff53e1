/**
 * Files in a document: a block for each, at its end. The block comes first, because the media is
 * uploaded to it; so a file that does not arrive leaves an empty block behind, which is taken away.
 */
import { randomUUID } from 'node:crypto'
import { type CallContext, OutcomeUnknown } from '#main/engine/ports.ts'
import { means } from '#shared/errors/meaning.ts'
import { mostTries } from '#shared/errors/policy-for.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { AttachStep, Transfer, UploadPoint } from '#shared/model/transfer.ts'
import { isImage } from '#shared/transfer/is-image.ts'
import type { DocumentOptions } from './base-records.ts'
import type { ChildBlock, MediaBlock } from './document-api.ts'
import { allItems } from './document-calls.ts'

type BlockPlace = Extract<AttachStep, { kind: 'block' }>

/** Looks for a block in a document that is another one each time, or does not let it go. */
const MOST_LOOKS = 5

/** A block that was made for a file which will not come. */
interface Leftover {
  readonly documentId: string
  readonly blockId: string
  /** The file that we put there ourselves, if any. */
  readonly fileToken: string | null
}

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
    place: AttachStep,
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

  /**
   * Deletes the block, if it is there still and empty, and forgets it.
   * @returns false when it is left, because there is something in it by now
   */
  async cleanUp(transfer: Transfer, documentId: string, context: CallContext): Promise<boolean> {
    const { store } = this.#options
    const pending = store.pendingAttach(transfer.id)
    if (pending?.place.kind !== 'block') return true
    const { place, fileToken } = pending
    // Stopped while it was being made: the same token tells which one it is.
    const block = place.block ?? (await this.#make(transfer, place, documentId, context))
    const leftover = { documentId, blockId: block.id, fileToken }
    const isGone = await this.#delete(leftover, context)
    store.dropAttach(transfer.id)
    return isGone
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

  async #delete(leftover: Leftover, context: CallContext): Promise<boolean> {
    const { documentId } = leftover
    for (let tries = 1; ; tries++) {
      const found = await this.#edit(documentId, context, () => this.#tryDelete(leftover, context))
      if (found === 'gone' || found === 'filled') return found === 'gone'
      if (tries >= mostTries(found, MOST_LOOKS)) throw found
    }
  }

  /**
   * Deletes the block where it is. Blocks are deleted by position, people write in the document
   * meanwhile, and sending a revision along protects no one's paragraph. So the block is deleted
   * only when the newest revision, checked again just before, still is the one with our empty block
   * there.
   * @returns what became of it; an error when it is worth another look
   */
  async #tryDelete(
    { documentId, blockId, fileToken }: Leftover,
    context: CallContext,
  ): Promise<'gone' | 'filled' | TransferError> {
    const { calls } = this.#options
    try {
      const { revision } = await calls.document({ documentId }, context)
      const at = { documentId, revision }
      const children = await this.#childrenOf({ ...at, blockId: documentId }, context)
      const index = children.findIndex(({ id }) => id === blockId)
      const block = children[index]
      if (block === undefined) return 'gone'
      // A file is shown by the block in its block.
      const inner = block.isParent ? await this.#childrenOf({ ...at, blockId }, context) : []
      const shown = [block, ...inner].flatMap((each) => each.fileToken ?? [])
      if (shown.some((token) => token !== fileToken)) return 'filled'
      if ((await calls.document({ documentId }, context)).revision !== revision)
        return new TransferError('document-being-edited')
      await calls.deleteChild({ ...at, index }, context)
      return 'gone'
    } catch (error) {
      if (error instanceof OutcomeUnknown) return error.error
      const isChanged = error instanceof TransferError && means(error, 'document-moved-on')
      if (isChanged) return new TransferError('document-being-edited')
      throw error
    }
  }

  #childrenOf(
    at: { documentId: string; blockId: string; revision: number },
    context: CallContext,
  ): Promise<ChildBlock[]> {
    return allItems((page) => this.#options.calls.children({ ...at, ...page }, context))
  }

  #edit<T>(documentId: string, context: CallContext, work: () => Promise<T>): Promise<T> {
    return this.#options.rhythms.documents.hold(documentId, context, work)
  }
}

export function newPlace({ fileName, sizeBytes }: Transfer): BlockPlace {
  const shows = isImage(fileName, sizeBytes) ? 'image' : 'file'
  return { kind: 'block', shows, clientToken: randomUUID() }
}
