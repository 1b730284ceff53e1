/** 导入文件: tasks that make a document of an uploaded file. */
import { extname } from 'node:path'
import type { BlobStore } from './blob-store.ts'
import type { SimulatorClock } from './clock.ts'
import type { Drive } from './drive.ts'
import type { Library, StoredFile } from './library.ts'
import { IMPORT_LIFE_MS, MiB } from './limits.ts'
import { Refusal } from './refusal.ts'
import type { TokenMint } from './token-mint.ts'

/** 导入文件概述: the documents an import makes of each kind of file, and how large that may be. */
const LIMITS_MB: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  docx: { docx: 600 },
  doc: { docx: 600 },
  txt: { docx: 20 },
  md: { docx: 20 },
  mark: { docx: 20 },
  markdown: { docx: 20 },
  html: { docx: 20 },
  xlsx: { sheet: 800, bitable: 800 },
  csv: { sheet: 20, bitable: 100 },
  xls: { sheet: 20 },
}

/** The first bytes of office formats; anything else is not what its name says (job_status 112). */
const SIGNATURES: Readonly<Record<string, string>> = {
  docx: '504b',
  xlsx: '504b',
  doc: 'd0cf11e0',
  xls: 'd0cf11e0',
}

const TOKEN_PREFIX: Readonly<Record<string, string>> = {
  docx: 'doxcn',
  sheet: 'shtcn',
  bitable: 'bascn',
}

/** The behaviour of tasks; may be changed at any time. */
export interface ImportRules {
  /** Looks that are answered with "running" (2) before the result, and then one with 0 and no token. */
  looks: number
  /** The next tasks fail so; undefined: they do what their file allows. */
  failure: { readonly status: number; readonly message?: string } | undefined
  /** The codes in `extra` of what is made. */
  cut: readonly number[]
}

export interface ImportedDocument {
  readonly token: string
  readonly type: string
  readonly title: string
  readonly parentToken: string
  /** Of the file that it was made of. */
  readonly bytes: Buffer
}

export interface ImportTask {
  readonly ticket: string
  readonly type: string
  readonly cut: readonly number[]
  readonly status: number
  readonly message: string
  /** Undefined when it failed. */
  readonly document: ImportedDocument | undefined
  looks: number
}

export interface NewImport {
  readonly fileToken: string
  readonly extension: string
  readonly type: string
  readonly title: string | undefined
  readonly folderToken: string
}

export class Imports {
  readonly rules: ImportRules = { looks: 1, failure: undefined, cut: [] }
  readonly #clock: SimulatorClock
  readonly #mint: TokenMint
  readonly #drive: Drive
  readonly #library: Library
  readonly #blobs: BlobStore
  readonly #tasks = new Map<string, ImportTask>()

  constructor(
    clock: SimulatorClock,
    mint: TokenMint,
    drive: Drive,
    library: Library,
    blobs: BlobStore,
  ) {
    this.#clock = clock
    this.#mint = mint
    this.#drive = drive
    this.#library = library
    this.#blobs = blobs
  }

  get documents(): ImportedDocument[] {
    return [...this.#tasks.values()].flatMap(({ document }) => document ?? [])
  }

  find(ticket: string): ImportTask | undefined {
    return this.#tasks.get(ticket)
  }

  /** Makes the document at once; the task tells of it later. The source goes with the task. */
  async create(asked: NewImport): Promise<ImportTask> {
    const file = this.#sourceOf(asked)
    const bytes = await this.#bytesOf(file)
    const status = this.rules.failure?.status ?? statusOf(asked.extension, bytes)
    const document = status === 0 ? this.#make(asked, file, bytes) : undefined
    if (file.family === 'medias') this.#library.forget(file.token)
    const task: ImportTask = {
      ticket: this.#mint.next(''),
      type: asked.type,
      cut: this.rules.cut,
      status: document === undefined && status === 0 ? FOLDER_FULL : status,
      message: this.rules.failure?.message ?? '',
      document,
      looks: 0,
    }
    this.#tasks.set(task.ticket, task)
    return task
  }

  #make(
    { type, title, folderToken }: NewImport,
    file: StoredFile,
    bytes: Buffer,
  ): ImportedDocument | undefined {
    const name = title ?? file.name.slice(0, -extname(file.name).length)
    const token = this.#mint.next(TOKEN_PREFIX[type] ?? '')
    try {
      const { parentToken } = this.#drive.add(folderToken, name, type, token)
      return { token, type, title: name, parentToken, bytes }
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }

  #sourceOf({ fileToken, extension, type }: NewImport): StoredFile {
    const file = this.#library.get(fileToken)
    if (file === undefined) throw new Refusal(1069907)
    if (file.family === 'medias' && file.parentType !== 'ccm_import_open') {
      throw new Refusal(1069914)
    }
    if (this.#clock.nowMs() - file.createdAtMs > IMPORT_LIFE_MS) throw new Refusal(1069913)
    if (extname(file.name) !== `.${extension}`) throw new Refusal(1069910)
    const limitMb = LIMITS_MB[extension]?.[type]
    if (limitMb === undefined) throw new Refusal(1069911)
    if (file.sizeBytes > limitMb * MiB) throw new Refusal(1069909)
    return file
  }

  #bytesOf(file: StoredFile): Promise<Buffer> {
    return this.#blobs.mode === 'disk'
      ? this.#library.bytesOf(file.token)
      : Promise.resolve(Buffer.alloc(0))
  }
}

/** 查询导入任务结果 · job_status: too many nodes in the folder; the format is not supported. */
const FOLDER_FULL = 105
const WRONG_FORMAT = 112

function statusOf(extension: string, bytes: Buffer): number {
  const signature = SIGNATURES[extension] ?? ''
  return bytes.toString('hex', 0, signature.length / 2) === signature ? 0 : WRONG_FORMAT
}
