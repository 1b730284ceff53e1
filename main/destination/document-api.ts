/**
 * The calls of the open API that bring files into documents. `feishu` describes them; each throws
 * `TransferError`.
 */
import type { Endpoint } from '#main/engine/endpoints.ts'
import type { CallOptions, RemoteFile } from '#main/engine/ports.ts'
import type { DocumentType as ImportedType } from '#shared/model/transfer.ts'

/** A call with what has to be known to make it in its turn. */
export interface ApiMethod<At, T> {
  (at: At, options: CallOptions): Promise<T>
  readonly endpoint: Endpoint
  /**
   * False when an unanswered call must be checked by its caller instead of repeated
   * (`OutcomeUnknown`).
   */
  readonly repeatable: boolean
}

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
  /** By Feishu's clock, to the second. */
  readonly modifiedAtMs?: number
}

/** The name of one of several tokens, or the code of the refusal. */
interface NamedToken {
  readonly token: string
  readonly title?: string
  readonly url?: string
  readonly unnamed?: number
}

export interface Table {
  readonly appToken: string
  readonly tableId: string
}

export interface BaseApi {
  readonly base: ApiMethod<{ appToken: string }, { name: string }>
  readonly tables: ApiMethod<{ appToken: string; pageToken?: string }, Page<BaseTable>>
  readonly fields: ApiMethod<Table & { pageToken?: string }, Page<BaseField>>
  readonly record: ApiMethod<Table & { recordId: string }, BaseRecord>
  readonly records: ApiMethod<Table & { pageToken?: string }, Page<BaseRecord>>
  /** The same `clientToken` makes the same record. */
  readonly createRecord: ApiMethod<
    Table & { clientToken: string; fields: RecordFields },
    { recordId: string }
  >
  /** All of them or none; the same `clientToken` makes the same records. They may come in any order. */
  readonly createRecords: ApiMethod<
    Table & { clientToken: string; records: readonly RecordFields[] },
    readonly BaseRecord[]
  >
  /**
   * Adds a file to an attachment field, whatever is in it. On no page of the documentation: nothing tells a
   * repeated call from a new one. False: there is no such call, or its scope is missing.
   */
  readonly appendAttachment: ApiMethod<
    Table & { recordId: string; fieldId: string; fileToken: string },
    boolean
  >
  /** Only these fields change; an attachment field is replaced as a whole. */
  readonly updateRecord: ApiMethod<Table & { recordId: string; fields: RecordFields }, void>
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
  readonly document: ApiMethod<{ documentId: string }, { title: string; revision: number }>
  /** An empty block at the end; the same `clientToken` makes the same block. */
  readonly createMediaBlock: ApiMethod<
    { documentId: string; shows: 'image' | 'file'; clientToken: string },
    MediaBlock
  >
  /** Puts an uploaded media into its block. */
  readonly showMedia: ApiMethod<
    { documentId: string; blockId: string; shows: 'image' | 'file'; fileToken: string },
    void
  >
  /** The blocks directly in a block, from top to bottom, as of that revision. */
  readonly children: ApiMethod<
    { documentId: string; blockId: string; revision: number; pageToken?: string },
    Page<ChildBlock>
  >
  /**
   * Takes away the block at a position directly in the document. Feishu accepts a revision of up to 1,000
   * edits ago, so naming one does not keep it from taking away what stands there by now.
   */
  readonly deleteChild: ApiMethod<{ documentId: string; revision: number; index: number }, void>
}

interface FloatImage {
  readonly fileToken: string
  /** `sheetId!A1:A1` */
  readonly range: string
}

export interface SheetApi {
  readonly spreadsheet: ApiMethod<{ spreadsheetToken: string }, { title: string }>
  readonly sheets: ApiMethod<{ spreadsheetToken: string }, readonly Sheet[]>
  readonly floatImages: ApiMethod<
    { spreadsheetToken: string; sheetId: string },
    readonly FloatImage[]
  >
  readonly createFloatImage: ApiMethod<
    { spreadsheetToken: string; sheetId: string; image: FloatImage },
    void
  >
}

export interface PlaceApi {
  readonly wikiNode: ApiMethod<{ nodeToken: string }, WikiNode>
  /** The pages below a page, as things in Drive: by the token of what they show, not by their own. */
  readonly pagesBelow: ApiMethod<
    { spaceId: string; nodeToken: string; pageToken?: string },
    Page<RemoteFile>
  >
  /** Undefined when it is not there, or not for us to see. */
  readonly meta: ApiMethod<{ token: string; type: DocumentType }, DocumentMeta | undefined>
  /** The names of up to 200 things, or the code of what kept each from being told. */
  readonly metas: ApiMethod<
    { of: readonly { token: string; type: DocumentType }[] },
    readonly NamedToken[]
  >
  readonly mayEdit: ApiMethod<{ token: string; type: DocumentType }, boolean>
  /** Open ids and e-mail addresses of those who were given access to a file. */
  readonly members: ApiMethod<{ fileToken: string; type: DocumentType }, readonly string[]>
  /** Gives a person every right to a file. Doing it again changes nothing. */
  readonly grant: ApiMethod<{ fileToken: string; type: DocumentType; member: string }, void>
}

/** An import task as it stands. */
export interface ImportJob {
  /** 查询导入任务结果 · job_status: 0 done, 1 and 2 under way, all others a failure. */
  readonly status: number
  /** Feishu's words about a failure; '' for none. */
  readonly message: string
  /** The document. */
  readonly token?: string
  readonly url?: string
  /** The codes of what was cut off. */
  readonly cut: readonly number[]
}

export interface ImportApi {
  /** Has a document made of a file that was uploaded for it. Doing it again makes a second one. */
  readonly createImport: ApiMethod<
    {
      fileToken: string
      extension: string
      type: ImportedType
      title: string
      folderToken: string
    },
    { ticket: string }
  >
  readonly importJob: ApiMethod<{ ticket: string }, ImportJob>
  /**
   * Moves a document from Drive below a page of a wiki. Doing it again changes nothing: one that is in a wiki is
   * answered with its page.
   */
  readonly moveToWiki: ApiMethod<
    { spaceId: string; nodeToken: string; token: string; type: ImportedType },
    MaybeInWiki
  >
  readonly moveToWikiStatus: ApiMethod<{ taskId: string }, WikiMove>
}

/** The page that a document is by now, or the task that moves it there. */
interface MaybeInWiki extends MaybeTask {
  readonly pageToken?: string
}

/** A move to a wiki as it stands. */
interface WikiMove {
  readonly state: 'done' | 'failed' | 'under-way'
  readonly pageToken?: string
  /** Feishu's words about a failure; '' for none. */
  readonly message: string
}

/** The effect of a call has come: at once, or by a task that has begun. */
export interface MaybeTask {
  readonly taskId?: string
}

/** The kinds of things that are moved, renamed and deleted here. */
export type MovableType = 'file' | 'folder'

export interface FileApi {
  /** Moves a file, or a folder with all that is in it. Doing it again changes nothing. */
  readonly moveThing: ApiMethod<
    { token: string; type: MovableType; folderToken: string },
    MaybeTask
  >
  /** Renames a file or a folder; the whole name, with its extension. On no page of the documentation. */
  readonly renameThing: ApiMethod<{ token: string; type: MovableType; name: string }, void>
  /** Puts a file into the recycle bin of the account that calls. */
  readonly trashFile: ApiMethod<{ token: string }, MaybeTask>
  readonly taskStatus: ApiMethod<{ taskId: string }, 'done' | 'failed' | 'under-way'>
}

/** A thing that a list of places shows, by its own token. */
interface ListedPlace {
  readonly token: string
  readonly name: string
}

/** A folder, or a page of a wiki, that a search has found. */
export interface FoundPlace extends ListedPlace {
  readonly url?: string
  /** Open id. */
  readonly owner?: string
}

export interface BrowseApi {
  /** The folder that holds all of an account's own; every other is below it or someone else's. */
  readonly rootFolder: ApiMethod<Readonly<Record<never, never>>, { token: string }>
  /** One page of a folder; of the root ('') all at once. */
  readonly folderPage: ApiMethod<{ folderToken: string; pageToken?: string }, Page<RemoteFile>>
  /** The wikis that the account may read, without a person's own library. */
  readonly wikiSpaces: ApiMethod<{ pageToken?: string }, Page<ListedPlace>>
  /** The pages below a page, or ('') on top of a wiki, by their own tokens. */
  readonly wikiPages: ApiMethod<
    { spaceId: string; nodeToken: string; pageToken?: string },
    Page<ListedPlace & { readonly hasChildren: boolean }>
  >
  /** Folders by their name, or pages of these wikis. Only for people: 文档搜索 takes no token of an app. */
  readonly searchPlaces: ApiMethod<
    { query: string; spaceIds?: readonly string[]; pageToken?: string },
    Page<FoundPlace>
  >
}

export interface DocumentApi
  extends BaseApi,
    DocxApi,
    SheetApi,
    PlaceApi,
    BrowseApi,
    ImportApi,
    FileApi {}
