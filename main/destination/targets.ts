/** Every kind of destination behind one door: where its files are uploaded to, and how they are shown there. */
import { randomUUID } from 'node:crypto'
import type {
  Attached,
  Attacher,
  CallContext,
  LandedFile,
  RemoteFile,
  TargetResolver,
} from '#main/engine/ports.ts'
import type { AttachStep, Destination, Transfer, UploadPoint } from '#shared/model/transfer.ts'
import { documentTypeFor, titleAndExtension } from '#shared/transfer/as-document.ts'
import { BaseRecords, type DocumentOptions } from './base-records.ts'
import { DocumentImports, type ImportOptions, MY_SPACE } from './document-imports.ts'
import { DocxBlocks, newPlace } from './docx-blocks.ts'
import { FloatImages } from './float-images.ts'
import type { FolderMirror } from './folder-mirror.ts'
import { routeOf } from './media-points.ts'
import { share } from './sharing.ts'
import { WikiPages } from './wiki-pages.ts'

export interface TargetsOptions extends DocumentOptions, Omit<ImportOptions, 'store' | 'spaceOf'> {
  readonly store: DocumentOptions['store'] & ImportOptions['store']
  /** Throws for a place that files may not go to. */
  readonly demandPlace?: ((destination: Destination) => void) | undefined
}

export class Targets implements TargetResolver, Attacher {
  readonly #options: TargetsOptions
  readonly #records: BaseRecords
  readonly #blocks: DocxBlocks
  readonly #images: FloatImages
  readonly #pages: WikiPages
  readonly #imports: DocumentImports

  constructor(options: TargetsOptions) {
    this.#options = options
    this.#records = new BaseRecords(options)
    this.#blocks = new DocxBlocks(options)
    this.#images = new FloatImages(options)
    this.#pages = new WikiPages(options)
    this.#imports = new DocumentImports({ ...options, spaceOf: this.#pages.spaceOf })
  }

  async resolve(transfer: Transfer, context: CallContext): Promise<UploadPoint> {
    const { destination } = transfer
    this.#options.demandPlace?.(destination)
    switch (destination.kind) {
      case 'folder': {
        const { mirror } = this.#options
        const folder = await mirror.resolve(destination, transfer.remoteFolders, context)
        return DocumentImports.pointIn(folder.parentNode, transfer) ?? folder
      }
      case 'media': {
        const { parentType, parentNode, route = routeOf(parentType, parentNode) } = destination
        const point = { family: 'medias', parentType, parentNode } as const
        return { ...point, ...(route !== undefined && { route }) }
      }
      case 'base': {
        await this.#records.check(destination, context)
        const { appToken } = destination
        return media('bitable_file', appToken)
      }
      case 'sheet':
        await this.#images.sheetOf(destination, context)
        return media('sheet_image', destination.spreadsheetToken)
      case 'docx':
        return this.#blocks.resolve(transfer, destination.documentId, context)
      case 'page':
        return (
          DocumentImports.pointIn(MY_SPACE, transfer) ?? this.#pages.pointOf(destination.nodeToken)
        )
      case 'file': {
        const { fileToken, parentToken = '' } = destination
        const point = { family: 'files', parentType: 'explorer', parentNode: parentToken } as const
        return { ...point, replaces: fileToken }
      }
    }
  }

  filesNamed(point: UploadPoint, fileName: string, context: CallContext): Promise<RemoteFile[]> {
    const { below, type } = point.document ?? {}
    if (below !== undefined && type !== undefined) {
      const { title } = titleAndExtension(fileName)
      return this.#pages.documentsTitled(below, { title, type }, context)
    }
    return this.#placeOf(point).filesNamed(point, fileName, context)
  }

  list(point: UploadPoint, context: CallContext): Promise<readonly RemoteFile[]> {
    return this.#placeOf(point).list(point, context)
  }

  listSince(
    point: UploadPoint,
    sinceMs: number,
    context: CallContext,
  ): Promise<readonly RemoteFile[]> {
    return this.#placeOf(point).listSince(point, sinceMs, context)
  }

  landed(point: UploadPoint, file: LandedFile): void {
    this.#placeOf(point).landed(point, file)
  }

  #placeOf(point: UploadPoint): FolderMirror | WikiPages {
    return WikiPages.has(point) ? this.#pages : this.#options.mirror
  }

  async forget(
    transfer: Transfer,
    gone: UploadPoint | undefined,
    context: CallContext,
  ): Promise<boolean> {
    const { destination } = transfer
    if (destination.kind === 'folder') return this.#options.mirror.forget(transfer, gone)
    if (destination.kind !== 'docx') return false
    await this.#blocks.cleanUp(transfer, destination.documentId, context)
    return true
  }

  placeFor(transfer: Transfer): AttachStep | undefined {
    const { destination, handling } = transfer
    const document = documentTypeFor(transfer)
    if (document !== undefined) return { kind: 'document', type: document }
    switch (destination.kind) {
      case 'base':
        return destination.recordId === undefined
          ? { kind: 'new-record', clientToken: randomUUID(), isSent: false }
          : { kind: 'record' }
      case 'docx':
        return newPlace(transfer)
      case 'sheet':
        return { kind: 'float-image' }
      case 'folder':
      case 'page':
      case 'file':
        return handling.shareWith === undefined ? undefined : { kind: 'grant' }
      case 'media':
        return undefined
    }
  }

  async attach(transfer: Transfer, fileToken: string, context: CallContext): Promise<Attached> {
    const { destination, id } = transfer
    const place = this.#options.store.pendingAttach(id)?.place
    if (place === undefined) return {}
    if (place.kind === 'document' && place.insteadFile === undefined) {
      return this.#imports.attach({ transfer, place, fileToken, context })
    }
    switch (destination.kind) {
      case 'base':
        return this.#records.attach(transfer, destination, fileToken, context)
      case 'docx':
        await this.#blocks.attach(place, destination.documentId, fileToken, context)
        return {}
      case 'sheet':
        await this.#images.attach(destination, fileToken, context)
        return {}
      case 'folder':
      case 'page':
      case 'file':
        if (transfer.handling.shareWith !== undefined) {
          const grant = { fileToken, type: 'file', member: transfer.handling.shareWith } as const
          await share(this.#options.calls, grant, context)
        }
        return place.kind === 'document' && place.insteadFile !== undefined
          ? { notes: [{ kind: 'as-file', because: place.insteadFile }] }
          : {}
      case 'media':
        return {}
    }
  }

  cleanUp(transfer: Transfer, context: CallContext): Promise<boolean> {
    const { destination } = transfer
    if (destination.kind !== 'docx') return Promise.resolve(true)
    return this.#blocks.cleanUp(transfer, destination.documentId, context)
  }
}

/** 素材概述: what is uploaded for a document names it as its route, too. */
function media(parentType: string, parentNode: string): UploadPoint {
  return { family: 'medias', parentType, parentNode, route: parentNode }
}
