/**
 * The calls of the open API that bring files into documents. `remote` implements them; each throws
 * `TransferError`.
 */
import type { CallOptions, RemoteFile } from '#main/engine/ports.ts'

/** A page of a list; `nextPageToken` undefined: the last one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly nextPageToken?: string
}

/** The object behind a wiki page; for a shortcut, the object it leads to. */
export interface WikiNode {
  /** The wiki it is in. */
  readonly spaceId: string
  /** `docx`, `sheet`, `bitable`, `file`, … */
  readonly objectType: string
  readonly objectToken: string
  readonly title: string
}

export interface BaseTable {
  readonly tableId: string
  readonly name: string
}

export interface BaseField {
  readonly fieldId: string
  readonly name: string
  /** 字段编辑指南: 1 text, 2 number, 5 date, 17 attachment, … */
  readonly type: number
}

/** Values by field name; attachments are lists of `{file_token}`. */
export type RecordFields = Readonly<Record<string, unknown>>

export interface BaseRecord {
  readonly recordId: string
  readonly fields: RecordFields
}

export interface Sheet {
  readonly sheetId: string
  readonly title: string
  /** Of a grid; other kinds of sheets have none. */
  readonly rowCount?: number
}

/** Kinds of things in Drive as `type` and `doc_type` name them. */
export type DocumentType = 'folder' | 'file' | 'docx' | 'sheet' | 'bitable' | 'wiki'

interface DocumentMeta {
  readonly title: string
  readonly ownerId?: string
  readonly url?: string
}

export interface Table {
  readonly appToken: string
  readonly tableId: string
}

export interface BaseApi {
  base(at: { appToken: string }, options: CallOptions): Promise<{ name: string }>
  tables(
    at: { appToken: string; pageToken?: string },
    options: CallOptions,
  ): Promise<Page<BaseTable>>
  fields(at: Table & { pageToken?: string }, options: CallOptions): Promise<Page<BaseField>>
  record(at: Table & { recordId: string }, options: CallOptions): Promise<BaseRecord>
  records(at: Table & { pageToken?: string }, options: CallOptions): Promise<Page<BaseRecord>>
  /** The same `clientToken` makes the same record. */
  createRecord(
    at: Table & { clientToken: string; fields: RecordFields },
    options: CallOptions,
  ): Promise<{ recordId: string }>
  /** All of them or none; the same `clientToken` makes the same records. They may come in any order. */
  createRecords(
    at: Table & { clientToken: string; records: readonly RecordFields[] },
    options: CallOptions,
  ): Promise<readonly BaseRecord[]>
  /**
   * Adds a file to an attachment field, whatever is in it. On no page of the documentation: nothing tells a
   * repeated call from a new one. False: there is no such call, or its scope is missing.
   */
  appendAttachment(
    at: Table & { recordId: string; fieldId: string; fileToken: string },
    options: CallOptions,
  ): Promise<boolean>
  /** Only these fields change; an attachment field is replaced as a whole. */
  updateRecord(
    at: Table & { recordId: string; fields: RecordFields },
    options: CallOptions,
  ): Promise<void>
}

/** A block that shows a media, and which of its blocks the media is uploaded to. */
export interface MediaBlock {
  readonly id: string
  readonly mediaBlockId: string
}

/** A block as a list of blocks shows it. */
export interface ChildBlock {
  readonly id: string
  /** The media it shows; undefined for none. */
  readonly fileToken?: string
  /** True when it contains blocks. */
  readonly isParent: boolean
}

export interface DocxApi {
  /** `revision` counts edits. */
  document(
    at: { documentId: string },
    options: CallOptions,
  ): Promise<{ title: string; revision: number }>
  /** An empty block at the end; the same `clientToken` makes the same block. */
  createMediaBlock(
    at: { documentId: string; shows: 'image' | 'file'; clientToken: string },
    options: CallOptions,
  ): Promise<MediaBlock>
  /** Puts an uploaded media into its block. */
  showMedia(
    at: { documentId: string; blockId: string; shows: 'image' | 'file'; fileToken: string },
    options: CallOptions,
  ): Promise<void>
  /** The blocks directly in a block, from top to bottom, as of that revision. */
  children(
    at: { documentId: string; blockId: string; revision: number; pageToken?: string },
    options: CallOptions,
  ): Promise<Page<ChildBlock>>
  /**
   * Takes away the block at a position directly in the document. Feishu accepts a revision of up to 1,000
   * edits ago, so naming one does not keep it from taking away what stands there by now.
   */
  deleteChild(
    at: { documentId: string; revision: number; index: number },
    options: CallOptions,
  ): Promise<void>
}

interface FloatImage {
  readonly fileToken: string
  /** `sheetId!A1:A1` */
  readonly range: string
}

export interface SheetApi {
  spreadsheet(at: { spreadsheetToken: string }, options: CallOptions): Promise<{ title: string }>
  sheets(at: { spreadsheetToken: string }, options: CallOptions): Promise<readonly Sheet[]>
  floatImages(
    at: { spreadsheetToken: string; sheetId: string },
    options: CallOptions,
  ): Promise<readonly FloatImage[]>
  createFloatImage(
    at: { spreadsheetToken: string; sheetId: string; image: FloatImage },
    options: CallOptions,
  ): Promise<void>
}

export interface PlaceApi {
  wikiNode(at: { nodeToken: string }, options: CallOptions): Promise<WikiNode>
  /** The pages below a page, as things in Drive: by the token of what they show, not by their own. */
  pagesBelow(
    at: { spaceId: string; nodeToken: string; pageToken?: string },
    options: CallOptions,
  ): Promise<Page<RemoteFile>>
  /** Undefined when it is not there, or not for us to see. */
  meta(
    at: { token: string; type: DocumentType },
    options: CallOptions,
  ): Promise<DocumentMeta | undefined>
  mayEdit(at: { token: string; type: DocumentType }, options: CallOptions): Promise<boolean>
  /** Open ids and e-mail addresses of those who were given access to a file. */
  members(at: { fileToken: string }, options: CallOptions): Promise<readonly string[]>
  /** Gives a person every right to a file. Doing it again changes nothing. */
  grant(at: { fileToken: string; member: string }, options: CallOptions): Promise<void>
}

export interface DocumentApi extends BaseApi, DocxApi, SheetApi, PlaceApi {}
