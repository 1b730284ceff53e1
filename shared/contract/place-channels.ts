/** The places files go to, and those they come from. */

import { z } from 'zod'
import { errorInfoSchema } from '../model/error-info.ts'
import { bytesSchema, timeSchema } from '../model/numbers.ts'
import { placeNameSchema } from '../model/place-name.ts'
import { destinationSchema } from '../model/transfer.ts'
import { MOST_PATHS } from './queue-channels.ts'
import { identitySchema } from './value-schemas.ts'

const MOST_ENTRIES = 2_000

const nameSchema = z.string().nullable()

const columnsSchema = z.strictObject({
  name: z.string().max(200).exactOptional(),
  path: z.string().max(200).exactOptional(),
  sizeBytes: z.string().max(200).exactOptional(),
  modifiedAt: z.string().max(200).exactOptional(),
})

/** The names of a place, as far as Feishu has told. */
const placeNamesSchema = z.object({
  title: nameSchema,
  table: nameSchema,
  field: nameSchema,
  sheet: nameSchema,
})

/** One of several things to choose from; `text` is the destination with it. */
const choiceSchema = z.object({ id: z.string(), name: z.string(), text: z.string() })

/** A field of a Base, with what it can be told about each file. */
const fieldSchema = z.object({
  id: z.string(),
  name: z.string(),
  takes: z.array(z.enum(['attachment', 'name', 'path', 'sizeBytes', 'modifiedAt'])),
})

const resolvedSchema = z.object({
  destination: destinationSchema,
  names: placeNamesSchema,
  /** The short form, which `queue.add` takes as well. */
  text: z.string(),
  name: placeNameSchema,
  link: z.string().nullable(),
})

export const PLACE_CHANNELS = {
  /** Returns what a text means as a destination, and whether files can go there. */
  'destination.check': {
    input: z.strictObject({
      text: z.string().max(2_048),
      /** Of a Base: what goes into which field besides the file, instead of what the text says. */
      columns: columnsSchema.exactOptional(),
      /** The account that asks Feishu, because it is to upload; absent: the one in use. */
      account: identitySchema.exactOptional(),
    }),
    output: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('ok'),
        ...resolvedSchema.shape,
        /**
         * False: it reads well, but Feishu could not be asked (no account yet, offline, a media
         * place).
         */
        verified: z.boolean(),
        /** The reason it could not be verified, where there is one to name. */
        error: errorInfoSchema.nullable(),
        /** At a page of a wiki: files go into what it shows (`into`), or below it. Null where there is no choice. */
        wikiPage: z.object({ isInto: z.boolean(), into: z.string(), below: z.string() }).nullable(),
        /** Of a Base's table, in its order; empty for everything else. */
        fields: z.array(fieldSchema),
        /** Its attachment fields, each as a destination. */
        attachmentFields: z.array(choiceSchema),
      }),
      /** It is there, and one of several tables or fields has to be chosen. */
      z.object({
        kind: z.literal('choose'),
        what: z.enum(['table', 'field']),
        title: nameSchema,
        choices: z.array(choiceSchema),
        error: errorInfoSchema,
      }),
      z.object({ kind: z.literal('refused'), error: errorInfoSchema }),
    ]),
  },
  'destination.recent': {
    input: z.strictObject({}),
    /** The one used last leading. */
    output: z.object({ recent: z.array(resolvedSchema.extend({ usedAtMs: timeSchema })) }),
  },
  /** The system's own dialog; null where there is none (see `app.info`) or the person closed it. */
  'files.pick': {
    input: z.strictObject({ kind: z.enum(['files', 'folder']) }),
    output: z.object({ paths: z.array(z.string()).nullable() }),
  },
  /**
   * Takes the files that the live state says are offered (`offered`): the first to take them has
   * them, and the offer is over. Returns none when it is an older offer, or another page was
   * quicker.
   */
  'files.take-offered': {
    input: z.strictObject({ id: z.string().min(1).max(64) }),
    output: z.object({
      paths: z.array(z.string()).max(MOST_PATHS),
      /** Those of them that are folders. */
      folders: z.array(z.string()).max(MOST_PATHS),
    }),
  },
  /** One folder of the machine Feidi runs on, for hosts without dialogs. */
  'folders.browse': {
    input: z.strictObject({
      /** Null: where browsing begins. */
      path: z.string().min(1).max(4_096).nullable(),
      showHidden: z.boolean(),
    }),
    output: z.object({
      path: z.string(),
      /** Null at a root. */
      parent: z.string().nullable(),
      roots: z.array(z.object({ path: z.string(), label: z.string() })),
      /** Folders leading, then files, by name. */
      entries: z
        .array(
          z.object({
            name: z.string(),
            path: z.string(),
            kind: z.enum(['folder', 'file']),
            sizeBytes: bytesSchema,
            modifiedAtMs: timeSchema,
          }),
        )
        .max(MOST_ENTRIES),
      /** The folder holds more than is listed. */
      truncated: z.boolean(),
    }),
  },
} as const

export { MOST_ENTRIES }
