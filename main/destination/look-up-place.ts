/**
 * The lookup of a person's link or short form: its names, whether files may go there, and what is
 * left to choose.
 */

import type { CallContext } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { isRecent } from '#main/lib/pause.ts'
import { type Meaning, means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { type GivenDestination, isDestination } from '#shared/model/given-destination.ts'
import type { Destination } from '#shared/model/transfer.ts'
import { attachmentField, attachmentFields, checkColumns } from './base-fields.ts'
import type { BaseField, BaseTable, DocumentType, WikiNode } from './document-api.ts'
import { allItems, type DocumentCalls } from './document-calls.ts'
import type { PlaceNames } from './place-names.ts'
import { type WalkOptions, walkPath } from './walk-path.ts'

type Of<K extends GivenDestination['kind']> = Extract<GivenDestination, { kind: K }>

export interface Place {
  /** As it was given as long as something is left to choose. */
  readonly destination: GivenDestination
  readonly names: PlaceNames
  /** The tables of a Base, when one has to be chosen. */
  readonly tables?: readonly BaseTable[]
  /** The fields of a Base's table. */
  readonly fields?: readonly BaseField[]
  /** The wiki page it was reached by: files may go into what it shows, where that takes files, or below it. */
  readonly page?: { readonly nodeToken: string; readonly takesFiles: boolean }
  /** The reason it cannot be used as it is: a choice is missing. */
  readonly unsettled?: TransferError
}

export interface LookUpOptions extends WalkOptions {
  readonly documents: DocumentCalls
  readonly clock: Pick<Clock, 'nowMs'>
}

const RIGHT_BELIEVED_MS = 60_000

/** 获取知识空间节点信息 · obj_type: what can be on a wiki page and takes files itself. */
const TAKES_FILES: ReadonlySet<string> = new Set(['docx', 'sheet', 'bitable', 'file'])

/** Asks Feishu what a place is, and whether it can be written to as far as asking tells. */
export class PlaceLookUp {
  readonly #options: LookUpOptions
  /** When it was seen last that a document may be edited: choosing a table asks again and again. */
  readonly #editableAtMs = new Map<string, number>()

  constructor(options: LookUpOptions) {
    this.#options = options
  }

  /**
   * @throws TransferError when it is no place for files, not there, or not ours to write to
   */
  async lookUp(given: GivenDestination, context: CallContext): Promise<Place> {
    switch (given.kind) {
      case 'media':
        return { destination: given, names: {} }
      case 'folder':
        return this.#folder(given, context)
      case 'docx':
        return this.#document(given, context)
      case 'sheet':
        return this.#spreadsheet(given, context)
      case 'file':
        return this.#file(given, context)
      case 'base':
      case 'whole-base':
        return this.#base(given, context)
      case 'page':
        return this.#below(given, await this.#node(given.nodeToken, context), context)
      case 'wiki':
        return this.#wiki(given, context)
      case 'path':
        return this.#path(given, context)
    }
  }

  async #path(given: Of<'path'>, context: CallContext): Promise<Place> {
    const end = await walkPath(this.#options, given, context)
    if (end.kind === 'folder') return { destination: end.destination, names: end.names }
    const place = await this.lookUp({ kind: 'wiki', nodeToken: end.nodeToken }, context)
    return { ...place, names: { ...place.names, above: end.above } }
  }

  async #folder(destination: Of<'folder'>, context: CallContext): Promise<Place> {
    const { folderToken } = destination
    await this.#options.folders.listFolder(folderToken, context)
    return { destination, names: await this.#names(folderToken, 'folder', context) }
  }

  async #document(destination: Of<'docx'>, context: CallContext): Promise<Place> {
    const { documentId } = destination
    const { title } = await this.#options.documents.document({ documentId }, context)
    await this.#demandEdit(documentId, 'docx', title, context)
    return { destination, names: { ...(await this.#names(documentId, 'docx', context)), title } }
  }

  async #spreadsheet(destination: Of<'sheet'>, context: CallContext): Promise<Place> {
    const { documents } = this.#options
    const { spreadsheetToken, sheetId } = destination
    const { title } = await documents.spreadsheet({ spreadsheetToken }, context)
    await this.#demandEdit(spreadsheetToken, 'sheet', title, context)
    const sheets = await documents.sheets({ spreadsheetToken }, context)
    const sheet =
      sheetId === undefined
        ? sheets.find(({ rowCount }) => rowCount !== undefined)
        : sheets.find((each) => each.sheetId === sheetId)
    if (sheet === undefined) {
      throw new TransferError('sheet-missing', sheetId === undefined ? {} : { detail: sheetId })
    }
    const names = await this.#names(spreadsheetToken, 'sheet', context)
    return {
      destination: { ...destination, sheetId: sheet.sheetId },
      names: { ...names, title, sheet: sheet.title },
    }
  }

  async #file(destination: Of<'file'>, context: CallContext): Promise<Place> {
    const { fileToken } = destination
    const names = await this.#names(fileToken, 'file', context, 'not-there')
    await this.#demandEdit(fileToken, 'file', names.title, context)
    return { destination, names }
  }

  async #base(given: Of<'base'> | Of<'whole-base'>, context: CallContext): Promise<Place> {
    const { documents } = this.#options
    const { appToken } = given
    const { name: title } = await documents.base({ appToken }, context)
    await this.#demandEdit(appToken, 'bitable', title, context)
    const names = { ...(await this.#names(appToken, 'bitable', context)), title }
    const tables = await allItems((page) => documents.tables({ appToken, ...page }, context))
    const tableId = given.kind === 'base' ? given.tableId : onlyTable(tables)
    if (tableId === undefined) {
      const detail = tables.map(({ name }) => name).join(', ')
      const unsettled = new TransferError('base-table-ambiguous', { detail })
      return { destination: given, names, tables, unsettled }
    }
    const table = tables.find((each) => each.tableId === tableId)
    // A dashboard or an automation has an id in the same place of the link.
    if (table === undefined) throw new TransferError('base-table-missing', { detail: tableId })
    return this.#table(
      { ...given, kind: 'base', tableId },
      { ...names, table: table.name },
      context,
    )
  }

  async #table(destination: Of<'base'>, names: PlaceNames, context: CallContext): Promise<Place> {
    const { documents } = this.#options
    const { appToken, tableId, recordId } = destination
    const fields = await allItems((page) =>
      documents.fields({ appToken, tableId, ...page }, context),
    )
    if (recordId !== undefined) await documents.record({ appToken, tableId, recordId }, context)
    try {
      checkColumns(fields, destination.columns ?? {})
      const { fieldId, name } = attachmentField(fields, destination.field)
      // By its id from now on: a field that is renamed stays the same.
      const settled = { ...destination, field: fieldId }
      return { destination: settled, names: { ...names, field: name }, fields }
    } catch (error) {
      const canChoose = attachmentFields(fields).length > 0
      if (!(error instanceof TransferError) || !canChoose) throw error
      return { destination, names, fields, unsettled: error }
    }
  }

  #node(nodeToken: string, context: CallContext): Promise<WikiNode> {
    return this.#options.documents.wikiNode({ nodeToken }, context)
  }

  /** The page's own content takes the files; where it takes none, they go below the page. */
  async #wiki(given: Of<'wiki'>, context: CallContext): Promise<Place> {
    const { nodeToken } = given
    const node = await this.#node(nodeToken, context)
    const behind = behindPage(given, node)
    if (behind === undefined) return this.#below({ kind: 'page', nodeToken }, node, context)
    const place = await this.lookUp(behind, context)
    return { ...place, page: { nodeToken, takesFiles: true } }
  }

  async #below(
    destination: Of<'page'>,
    { objectType, title }: WikiNode,
    context: CallContext,
  ): Promise<Place> {
    const { nodeToken } = destination
    await this.#demandEdit(nodeToken, 'wiki', title, context)
    const names = { ...(await this.#names(nodeToken, 'wiki', context)), title }
    return { destination, names, page: { nodeToken, takesFiles: TAKES_FILES.has(objectType) } }
  }

  /** An answer that can not be had is no refusal: not every app may ask. */
  async #demandEdit(
    token: string,
    type: DocumentType,
    title: string | undefined,
    context: CallContext,
  ): Promise<void> {
    const { documents, clock } = this.#options
    const seenAtMs = this.#editableAtMs.get(token)
    if (seenAtMs !== undefined && isRecent(seenAtMs, clock.nowMs(), RIGHT_BELIEVED_MS)) return
    const mayEdit = await documents.mayEdit({ token, type }, context).catch(unless(context))
    if (mayEdit === true) this.#editableAtMs.set(token, clock.nowMs())
    if (mayEdit !== false) return
    throw new TransferError('destination-read-only', title === undefined ? {} : { detail: title })
  }

  /** @throws TransferError when asking for it is refused with this meaning: nothing else has shown it to be there */
  async #names(
    token: string,
    type: DocumentType,
    context: CallContext,
    meaning?: Meaning,
  ): Promise<PlaceNames> {
    let refusal: TransferError | undefined
    const meta = await this.#options.documents.meta({ token, type }, context).catch((error) => {
      refusal = error
      return unless(context, meaning)(error)
    })
    if (meta === undefined) return refusal === undefined ? {} : { unnamed: refusal.code }
    const { title, ownerId: owner, url } = meta
    return { title, ...(owner !== undefined && { owner }), ...(url !== undefined && { url }) }
  }
}

/** Returns the content of a wiki page as a destination that remembers its page. Undefined: it takes no files. */
function behindPage(given: Of<'wiki'>, node: WikiNode): GivenDestination | undefined {
  const { nodeToken: wikiNode, tableId, sheetId, kind: _kind, ...part } = given
  const token = node.objectToken
  switch (node.objectType) {
    case 'docx':
      return { kind: 'docx', documentId: token, wikiNode }
    case 'sheet': {
      const sheet = sheetId === undefined ? {} : { sheetId }
      return { kind: 'sheet', spreadsheetToken: token, ...sheet, wikiNode }
    }
    case 'bitable':
      return tableId === undefined
        ? { kind: 'whole-base', appToken: token, ...part }
        : { kind: 'base', appToken: token, tableId, ...part, wikiNode }
    case 'file':
      return { kind: 'file', fileToken: token, wikiNode }
    default:
      return undefined
  }
}

/**
 * The destination of a place that leaves nothing to choose.
 * @throws TransferError that says what has to be chosen
 */
export function settledDestination({ destination, unsettled }: Place): Destination {
  if (unsettled !== undefined) throw unsettled
  if (isDestination(destination)) return destination
  throw new TransferError('destination-not-looked-up')
}

function onlyTable([table, ...others]: readonly BaseTable[]): string | undefined {
  return others.length === 0 ? table?.tableId : undefined
}

/** Not every app may ask: a refusal tells nothing, unless it means this. */
function unless({ stopping }: CallContext, meaning?: Meaning) {
  return (error: unknown): undefined => {
    if (stopping.aborted || !(error instanceof TransferError)) throw error
    if (meaning !== undefined && means(error, meaning)) throw error
    return undefined
  }
}
