import { z } from 'zod'
import { errorInfoSchema } from './error-info.ts'
import { bytesSchema, countSchema, timeSchema } from './numbers.ts'

const tokenSchema = z.string().min(1)

/** Fields of a Base that are told about each file; each named by its id or its name. */
const fileColumnsSchema = z.object({
  name: tokenSchema.exactOptional(),
  /** Below the folder that was added, `/` between names. */
  path: tokenSchema.exactOptional(),
  sizeBytes: tokenSchema.exactOptional(),
  modifiedAt: tokenSchema.exactOptional(),
})

export type FileColumns = Readonly<z.output<typeof fileColumnsSchema>>

/** The wiki page a destination was reached by: should it be gone, the page is looked up again. */
const wikiNode = tokenSchema.exactOptional()

/**
 * The place that files go to. All of its fields decide what is the same place; a name or a view does
 * not. A parsed one has its keys in one order, so that equal destinations are equal as JSON text.
 */
export const destinationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), folderToken: z.string() }),
  /** Only a token comes back: what shows the media is the caller's business. */
  z.object({
    kind: z.literal('media'),
    parentType: z.string(),
    parentNode: z.string(),
    /** The document that a block to upload to is in. */
    route: tokenSchema.exactOptional(),
  }),
  /** A block at the end of a document for each file. */
  z.object({ kind: z.literal('docx'), documentId: tokenSchema, wikiNode }),
  /** A floating image for each file; on the first sheet unless told. */
  z.object({
    kind: z.literal('sheet'),
    spreadsheetToken: tokenSchema,
    sheetId: tokenSchema.exactOptional(),
    wikiNode,
  }),
  /** A record for each file, or one more attachment of a given record. */
  z.object({
    kind: z.literal('base'),
    appToken: tokenSchema,
    tableId: tokenSchema,
    /** The attachment field, by its id or name; the table's only one unless told. */
    field: tokenSchema.exactOptional(),
    recordId: tokenSchema.exactOptional(),
    columns: fileColumnsSchema.exactOptional(),
    wikiNode,
  }),
  /** A page of its own for each file, below a page of a wiki. */
  z.object({ kind: z.literal('page'), nodeToken: tokenSchema }),
  /** A new version of a file in Drive. */
  z.object({
    kind: z.literal('file'),
    fileToken: tokenSchema,
    /** The folder it is in, where that is known. */
    parentToken: tokenSchema.exactOptional(),
    wikiNode,
  }),
])

export type Destination = Readonly<z.output<typeof destinationSchema>>

export type DestinationKind = Destination['kind']

export const destinationKindSchema = z.enum([
  'folder',
  'media',
  'docx',
  'sheet',
  'base',
  'page',
  'file',
] satisfies readonly DestinationKind[])

/** The kinds of document that a file can become, as the import calls name them. */
export const documentTypeSchema = z.enum(['docx', 'sheet', 'bitable'])

export type DocumentType = z.output<typeof documentTypeSchema>

/** The exact upload point of one call, as the API names it. */
export const uploadPointSchema = z.object({
  /** One of Feishu's two upload families: a Drive file, or a media inside a document. */
  family: z.enum(['files', 'medias']),
  parentType: z.string(),
  parentNode: z.string(),
  /** The document a media is for (`drive_route_token`). */
  route: z.string().exactOptional(),
  /** The file in the folder that gets new content instead of a second one of its name. */
  replaces: z.string().exactOptional(),
  /** The upload is the first half of an import: what it becomes, the folder for that, and the wiki page it moves below. */
  document: z
    .object({
      type: documentTypeSchema,
      extension: z.string(),
      folderToken: z.string(),
      below: z.string().exactOptional(),
    })
    .readonly()
    .exactOptional(),
})

export type UploadPoint = Readonly<z.output<typeof uploadPointSchema>>

export type UploadFamily = UploadPoint['family']

/** A person's wishes about files that become online documents. */
export const documentWishesSchema = z
  .strictObject({
    /** Spreadsheets become this; a sheet unless told. */
    tables: z.enum(['sheet', 'bitable']).exactOptional(),
    /** A file that turns out not to be one that can become a document goes up as it is. */
    orFile: z.boolean().exactOptional(),
  })
  .readonly()

/** A person's wishes besides where a file goes. */
export const handlingSchema = z.object({
  /**
   * For a folder that has a file of that name already. Undefined: both files are kept.
   * `overwrite-ours` replaces only what Feidi brought there from the same path.
   */
  sameName: z.enum(['skip', 'overwrite', 'overwrite-ours']).exactOptional(),
  /** Open id or e-mail address of the person who may do everything with the uploaded file. */
  shareWith: z.string().exactOptional(),
  /** In a folder, a file that can become an online document does so; every other stays a file. */
  asDocument: documentWishesSchema.exactOptional(),
  /** The file goes up even if the same content is there already. */
  again: z.boolean().exactOptional(),
  /** It comes from a watched folder, which follows it wherever it goes: gone from its path, it is no failure. */
  watched: z.boolean().exactOptional(),
  /** The time for which a file that changed in the queue has to be at rest before it is sent. */
  settleMs: z.number().nonnegative().exactOptional(),
})

export type Handling = Readonly<z.output<typeof handlingSchema>>

/** The marks that tell one version of a file from another without reading it. Big numbers are decimal text. */
export const fingerprintSchema = z.object({
  ino: z.string(),
  sizeBytes: bytesSchema,
  mtimeNs: z.string(),
  /** Moves with every write, and can not be set back; '' where the content has to decide. */
  ctimeNs: z.string(),
})

export type Fingerprint = Readonly<z.output<typeof fingerprintSchema>>

/** The server's side of an upload in parts. All numbers are the server's; it lives 24 h. */
export const uploadTransactionSchema = z.object({
  /** Digits beyond 2^53, so always text. */
  uploadId: z.string(),
  /** The identity whose token prepared it; another one is refused (1062007). */
  identity: z.string(),
  point: uploadPointSchema,
  blockSizeBytes: bytesSchema,
  blockCount: countSchema,
  fingerprint: fingerprintSchema,
  preparedAtMs: timeSchema,
  expiresAtMs: timeSchema,
})

export type UploadTransaction = Readonly<z.output<typeof uploadTransactionSchema>>

export const acknowledgedPartSchema = z.object({
  seq: countSchema,
  sizeBytes: bytesSchema,
  /** Adler-32 of the part's bytes, unsigned. */
  checksum: countSchema,
  /** SHA-256 of the part's bytes as they were sent, in hex; null where it was not kept. */
  sha256: z.string().nullable(),
  acknowledgedAtMs: timeSchema,
})

export type AcknowledgedPart = Readonly<z.output<typeof acknowledgedPartSchema>>

/**
 * A call that creates something visible and whose answer has not been seen yet. It is on disk
 * before the call leaves, so that a crash in between can be told from "never tried".
 */
export const pendingLandingSchema = z.object({
  call: z.enum(['upload_all', 'upload_finish']),
  point: uploadPointSchema,
  fingerprint: fingerprintSchema,
  /** Adler-32 of every part in seq order (one for a single call): what was sent, for the record. */
  checksums: z.array(countSchema).readonly(),
  /** Content hash of what was sent, in hex; null where it was not kept. */
  contentHash: z.string().nullable(),
  /** The time the call left, by the server's clock as far as it is known. */
  startedAtServerMs: timeSchema,
  /** Files of that name which were in the folder before, so they are not mistaken for ours. */
  tokensBefore: z.array(z.string()).readonly(),
  /** Only a person can tell: the files they were asked about, and the one they said is theirs. */
  asked: z
    .object({ tokens: z.array(z.string()).readonly(), mine: z.string().exactOptional() })
    .readonly()
    .exactOptional(),
})

export type PendingLanding = Readonly<z.output<typeof pendingLandingSchema>>

/** Tells a new document from those that were there: the time, by the server's clock, and their tokens. */
const documentLookSchema = z.object({
  sinceServerMs: timeSchema,
  tokensBefore: z.array(z.string()).readonly(),
})

/**
 * The steps for an uploaded file to be seen, and how far they have come. It is on disk before
 * each call, so that a call whose answer was lost can be told from one that was never made.
 */
export const attachStepSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('new-record'),
    /** The same token makes the same record, however often it is sent. */
    clientToken: z.string(),
    isSent: z.boolean(),
    /** The batch it was put into: `RecordBatch.clientToken`. It may have been made with that. */
    batch: z.string().exactOptional(),
    /** It is made; the id as far as Feishu has told it. */
    made: z.object({ recordId: z.string().exactOptional() }).readonly().exactOptional(),
  }),
  /** One more attachment of a record that is there. */
  z.object({ kind: z.literal('record') }),
  z.object({
    kind: z.literal('block'),
    shows: z.enum(['image', 'file']),
    clientToken: z.string(),
    /** Once it is there: the block among the document's children, and the one its media belongs to. */
    block: z.object({ id: z.string(), mediaBlockId: z.string() }).readonly().exactOptional(),
  }),
  z.object({ kind: z.literal('float-image') }),
  /** The right to a file in Drive, for the person it is shared with. */
  z.object({ kind: z.literal('grant') }),
  /** The import of the uploaded file, which makes a document of it. */
  z.object({
    kind: z.literal('document'),
    type: documentTypeSchema,
    /** The task that was asked for. Without a ticket its answer was not seen. */
    asked: z
      .object({ ...documentLookSchema.shape, ticket: z.string().exactOptional() })
      .readonly()
      .exactOptional(),
    /** An earlier task whose answer was lost: its document may still turn up. */
    doubt: documentLookSchema.readonly().exactOptional(),
    /** The document is there. */
    made: z
      .object({
        token: z.string(),
        url: z.string().exactOptional(),
        /** The codes of what Feishu cut off. */
        cut: z.array(z.number()).readonly(),
        /** A person said that this one is theirs. */
        byPerson: z.boolean().exactOptional(),
      })
      .readonly()
      .exactOptional(),
    /** The code for which it goes up as a file instead. */
    insteadFile: errorInfoSchema.shape.code.exactOptional(),
  }),
])

export type AttachStep = Readonly<z.output<typeof attachStepSchema>>

/** One record of a batch. */
export const batchedRecordSchema = z.object({
  transferId: z.string(),
  fileToken: z.string(),
  /** By field name, the file itself among them. */
  fields: z.record(z.string(), z.unknown()).readonly(),
})

/**
 * Records of one table that are written in one call: all of them or none. It is on disk as it is sent,
 * and is never changed: the same token with other content would be another write.
 */
export interface RecordBatch {
  readonly clientToken: string
  readonly records: readonly Readonly<z.output<typeof batchedRecordSchema>>[]
}

/** A file on its way to where it is seen. */
export interface PendingAttach {
  readonly place: AttachStep
  /** Null as long as the file is not up: a document's block is made before. */
  readonly fileToken: string | null
}

export const waitReasonSchema = z.enum([
  'network',
  'rate-limit',
  'quota',
  'server',
  'file-busy',
  'file-changing',
])

export type WaitReason = z.output<typeof waitReasonSchema>

const error = errorInfoSchema

export const transferStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({ kind: z.literal('preparing') }),
  z.object({ kind: z.literal('sending') }),
  z.object({ kind: z.literal('finishing') }),
  /** The file is up, and is being shown where it belongs. */
  z.object({ kind: z.literal('attaching'), fileToken: z.string() }),
  z.object({ kind: z.literal('waiting'), reason: waitReasonSchema, untilMs: timeSchema, error }),
  z.object({ kind: z.literal('paused') }),
  z.object({ kind: z.literal('blocked'), error }),
  z.object({ kind: z.literal('failed'), error }),
  z.object({ kind: z.literal('skipped'), error }),
  z.object({ kind: z.literal('cancelled') }),
  z.object({
    kind: z.literal('done'),
    fileToken: z.string(),
    /** The record of a Base that it is in. */
    recordId: z.string().exactOptional(),
    /** The file has become a document of this type. */
    document: documentTypeSchema.exactOptional(),
    finishedAtMs: timeSchema,
  }),
])

export type TransferState = Readonly<z.output<typeof transferStateSchema>>

export type TransferStateKind = TransferState['kind']

/** An intent to bring one file to a destination. It survives restarts. */
export const transferSchema = z.object({
  id: z.string(),
  /** Absolute path of the source. */
  path: z.string(),
  /**
   * The real path of that, links resolved, when it was chosen; undefined where it could not be
   * looked at.
   */
  realPath: z.string().optional(),
  /** Name on the server, NFC. */
  fileName: z.string(),
  destination: destinationSchema,
  /** The identity it goes up as; absent: whichever account is in use. */
  account: z.string().optional(),
  /** Folders below the destination that the file belongs in, outermost first. Empty: directly in it. */
  remoteFolders: z.array(z.string()).readonly(),
  handling: handlingSchema,
  sizeBytes: bytesSchema,
  /** As seen when it was queued; null when the file could not be read then. */
  fingerprint: fingerprintSchema.nullable(),
  queuedAtMs: timeSchema,
  state: transferStateSchema,
  /** Bytes acknowledged by the server. */
  sentBytes: bytesSchema,
  /** The page of the uploaded file, where Feishu has told it. */
  pageUrl: z.string().optional(),
})

export type Transfer = Readonly<z.output<typeof transferSchema>>
