/**
 * Files that become online documents: the uploaded file is handed to an import task, which is asked for its
 * document. Creating a task bears no mark of its own, so a lost answer is settled by looking at the folder.
 */
import {
  type Attached,
  type Attachments,
  type CallContext,
  type CopyStore,
  type Landings,
  OutcomeUnknown,
  type RemoteFile,
} from '#main/engine/ports.ts'
import { isOn, pauseFrom } from '#main/lib/pause.ts'
import type { ErrorCode } from '#shared/errors/error-code.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { codeFor, means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { AttachStep, Transfer, UploadPoint } from '#shared/model/transfer.ts'
import { documentTypeFor, titleAndExtension } from '#shared/transfer/as-document.ts'
import type { ImportJob } from './document-api.ts'
import type { FolderMirror } from './folder-mirror.ts'
import { IMPORT_POINT } from './media-points.ts'
import type { Rhythms } from './rhythms.ts'
import { share } from './sharing.ts'
import { moveBelow, type WikiMoveOptions } from './wiki-moves.ts'

/** 创建导入任务 · mount_key: the account's own space. Documents for a wiki are made there, and moved. */
export const MY_SPACE = ''

export interface ImportOptions extends WikiMoveOptions {
  readonly store: Pick<Attachments, 'saveAttach' | 'dropAttach'> & Pick<Landings, 'ownTokens'>
  readonly copies: Pick<CopyStore, 'known'>
  readonly mirror: FolderMirror
  readonly rhythms: Rhythms
  /** Now, by the server's clock as far as it is known. */
  readonly serverNowMs: () => number
}

type DocumentPlace = Extract<AttachStep, { kind: 'document' }>
type Made = NonNullable<DocumentPlace['made']>

/** One file on its way to its document. */
interface Import {
  readonly transfer: Transfer
  readonly place: DocumentPlace
  /** The uploaded file. */
  readonly fileToken: string
  readonly context: CallContext
}

/** The point in a folder where a document is made. */
type DocumentPoint = UploadPoint & { readonly document: NonNullable<UploadPoint['document']> }

/**
 * 创建导入任务: an uploaded file is good for five minutes. A task that was not made by then will not be made,
 * and the folder may take a moment to list the document of one that was.
 */
const UNANSWERED_MS = 5 * 60_000 + 30_000

/** Pauses before the looks at a task; the last one is repeated. The official client looks every two seconds. */
const LOOK_PAUSES_MS = [300, 700, 1_000, 2_000]
/** A task that takes longer is looked at again later: others wait for the folder. */
const PATIENCE_MS = 120_000
/** Another change in the folder is under way: the official client waits for seconds. */
const BUSY_PAUSE_MS = 5_000

/** `created_time` has whole seconds, and clocks are not quite alike. */
const CLOCK_SLACK_MS = 3_000

/** 查询导入任务结果 · job_status: what each failure means. The others are internal errors. */
const FAILURES = new Map<number, ErrorCode>([
  [100, 'import-encrypted'],
  ...[112, 113, 118, 120, 129].map((status) => [status, 'import-format'] as const),
  [115, 'import-too-large'],
  ...[7000, 7001, 7002].map((status) => [status, 'import-too-complex'] as const),
  [121, codeFor('import-upload-gone')],
  [122, 'import-busy'],
  // These have codes of their own where other calls meet them.
  [104, codeFor('storage-full')],
  [105, codeFor('folder-full')],
  [110, codeFor('import-forbidden')],
  [116, codeFor('import-forbidden')],
  [117, codeFor('import-folder-gone')],
  [119, codeFor('import-folder-gone')],
])

/** Seen in `job_error_msg` by the official client: another operation in the same place. */
const BUSY = /\b(232140100|232140101|233523001)\b/

export class DocumentImports {
  readonly #options: ImportOptions

  constructor(options: ImportOptions) {
    this.#options = options
  }

  /** The point to upload a file to that is to become a document in this folder; undefined: it stays a file. */
  static pointIn(
    folderToken: string,
    transfer: Transfer,
    type = documentTypeFor(transfer),
  ): DocumentPoint | undefined {
    if (type === undefined) return undefined
    const { extension } = titleAndExtension(transfer.fileName)
    const { destination } = transfer
    const below = destination.kind === 'page' ? destination.nodeToken : undefined
    const document = { type, extension, folderToken, ...(below !== undefined && { below }) }
    return { family: 'medias', parentType: IMPORT_POINT, parentNode: '', document }
  }

  /** Makes the document, or finds out what became of an earlier try. */
  async attach(task: Import): Promise<Attached> {
    const { transfer, place, context } = task
    const made = place.made ?? (await this.#make(task))
    const { token, cut, byPerson } = made
    const { destination } = transfer
    const url =
      destination.kind === 'page'
        ? await moveBelow(
            this.#options,
            destination.nodeToken,
            { type: place.type, ...made },
            context,
          )
        : made.url
    const { shareWith } = transfer.handling
    if (shareWith !== undefined) {
      const grant = { fileToken: token, type: place.type, member: shareWith }
      await share(this.#options.calls, grant, context)
    }
    const twins = byPerson ? [] : await this.#twins(task, token)
    return {
      fileToken: token,
      document: place.type,
      ...(url !== undefined && { url }),
      ...(byPerson && { proof: 'person' as const }),
      notes: [
        ...(cut.length > 0 ? [{ kind: 'cut' as const, codes: cut }] : []),
        ...(twins.length > 0 ? [{ kind: 'maybe-twice' as const, documents: twins }] : []),
      ],
    }
  }

  /** One at a time in a folder: the official client says that a second one fails there. */
  async #make(task: Import, mayMakeFolder = true): Promise<Made> {
    const { transfer, context } = task
    const { mirror, rhythms } = this.#options
    const point = await this.#pointOf(task)
    const { folderToken } = point.document
    try {
      return await rhythms.imports.hold(folderToken, context, () => this.#makeAt(point, task))
    } catch (error) {
      // A folder of ours that was deleted meanwhile is made again.
      const isGone =
        error instanceof TransferError &&
        (means(error, 'import-folder-gone') || means(error, 'point-gone'))
      if (!isGone || !mayMakeFolder || !(await mirror.forget(transfer, point))) throw error
      const { asked: _, ...place } = task.place
      return this.#make({ ...task, place }, false)
    }
  }

  async #makeAt(point: DocumentPoint, task: Import): Promise<Made> {
    const { place, transfer } = task
    if (place.asked !== undefined && place.asked.ticket === undefined) {
      return this.#settleLost(point, task, place.asked)
    }
    const asked = place.asked?.ticket === undefined ? await this.#create(point, task) : place
    const made = await this.#result(task, asked)
    this.#save(task, { ...place, asked: undefined, made }, task.fileToken)
    const { title: name } = titleAndExtension(transfer.fileName)
    const { folderToken, type } = point.document
    this.#options.mirror.made(folderToken, { token: made.token, name, type })
    return made
  }

  /** Creates the task, announced on disk before. */
  async #create(point: DocumentPoint, task: Import): Promise<DocumentPlace> {
    const { calls, mirror, serverNowMs } = this.#options
    const { place, fileToken, context, transfer } = task
    const { type, extension, folderToken } = point.document
    const before = await mirror.filesNamed(point, transfer.fileName, context)
    const look = {
      sinceServerMs: serverNowMs(),
      tokensBefore: before.map(({ token }) => token),
    }
    this.#save(task, { ...place, asked: look }, fileToken)
    const { title } = titleAndExtension(transfer.fileName)
    const request = { fileToken, extension, type, title, folderToken }
    const { ticket } = await calls.createImport(request, context).catch((error: unknown) => {
      if (error instanceof OutcomeUnknown) throw unanswered(error.error)
      // A refusal is certain. An abort is not: what was announced stays for the next start.
      if (error instanceof TransferError) this.#refused(task, error)
      throw error
    })
    const asked = { ...place, asked: { ...look, ticket } }
    this.#save(task, asked, fileToken)
    return asked
  }

  /** The task was refused: the uploaded file is of use for another try only where nothing is wrong with it. */
  #refused(task: Import, error: TransferError): void {
    const isOver = lookUp(error).policy === 'fail-file' || means(error, 'import-upload-gone')
    this.#save(task, { ...task.place, asked: undefined }, isOver ? null : task.fileToken)
  }

  /** Looks at the task until it has a result. */
  async #result(task: Import, place: DocumentPlace): Promise<Made> {
    const { calls, clock } = this.#options
    const { context } = task
    const ticket = place.asked?.ticket ?? ''
    const untilMs = clock.steadyMs() + PATIENCE_MS
    for (let look = 0; clock.steadyMs() < untilMs; look++) {
      await clock.sleep(LOOK_PAUSES_MS[look] ?? LOOK_PAUSES_MS.at(-1) ?? 0, context.stopping)
      let job: ImportJob
      try {
        job = await calls.importJob({ ticket }, context)
      } catch (error) {
        if (!isAboutTheTicket(error)) throw error
        // It tells nothing about the document, so the folder is looked at.
        const { ticket: _, ...asked } = place.asked ?? { sinceServerMs: 0, tokensBefore: [] }
        this.#save(task, { ...place, asked }, task.fileToken)
        throw unanswered(error)
      }
      const { status, token, url, cut } = job
      if (status === 0 && token !== undefined) {
        return { token, cut, ...(url !== undefined && { url }) }
      }
      // 1, 2: starting, running. 0 without a document was seen while it runs.
      if (status > 2) await this.#fail(task, job)
    }
    throw new TransferError('import-slow', { detail: task.transfer.fileName })
  }

  /** The task has failed, and the uploaded file has gone with it. */
  async #fail(task: Import, { status, message }: ImportJob): Promise<never> {
    const code = BUSY.test(message) ? 'import-busy' : (FAILURES.get(status) ?? 'import-failed')
    this.#save(task, { ...task.place, asked: undefined }, null)
    if (code === 'import-busy') {
      await this.#options.clock.sleep(BUSY_PAUSE_MS, task.context.stopping)
    }
    throw new TransferError(code, { detail: `job_status ${status} ${message}`.trim() })
  }

  /**
   * Settles a task whose answer was lost. A title is no proof: a document that may be ours is for a person to
   * judge. Without one, the file goes up again.
   */
  async #settleLost(
    point: DocumentPoint,
    task: Import,
    asked: NonNullable<DocumentPlace['asked']>,
  ): Promise<never> {
    const { serverNowMs } = this.#options
    const { place, transfer } = task
    // The look comes first: by its answer the server's clock is known.
    const found = await this.#newDocuments(point, task, asked)
    const pause = pauseFrom(asked.sinceServerMs, UNANSWERED_MS)
    if (isOn(pause, serverNowMs())) {
      throw new TransferError('import-unanswered', {
        retryAfterMs: pause.untilMs - serverNowMs(),
        detail: transfer.fileName,
      })
    }
    const doubt = place.doubt ?? asked
    const tokensBefore = [...doubt.tokensBefore, ...found.map(({ token }) => token)]
    const doubted = { ...doubt, tokensBefore }
    this.#save(task, { ...place, asked: undefined, doubt: doubted }, null)
    if (found.length === 0) {
      throw new TransferError(codeFor('import-upload-gone'), { detail: transfer.fileName })
    }
    throw new TransferError('document-uncertain', {
      detail: transfer.fileName,
      candidates: found.map(({ token, url, createdAtMs }) => ({
        fileToken: token,
        ...(url !== undefined && { url }),
        ...(createdAtMs !== undefined && { createdAtMs }),
      })),
    })
  }

  /** Documents that may come from an earlier task of this file, besides the one that is made now. */
  async #twins(task: Import, token: string): Promise<string[]> {
    const { doubt } = task.place
    if (doubt === undefined) return []
    const point = await this.#pointOf(task)
    const found = await this.#newDocuments(point, task, doubt)
    return found.filter((each) => each.token !== token).map((each) => each.url ?? each.token)
  }

  /** Documents of that title which appeared since, and are not known to be ours. */
  async #newDocuments(
    point: DocumentPoint,
    { transfer, context }: Import,
    { sinceServerMs, tokensBefore }: NonNullable<DocumentPlace['doubt']>,
  ): Promise<RemoteFile[]> {
    const { mirror, copies, store } = this.#options
    const there = await mirror.documentsNow(point, transfer.fileName, context)
    const tokens = there.map(({ token }) => token)
    const ours = new Set([...copies.known(tokens), ...store.ownTokens(tokens), ...tokensBefore])
    return there.filter(
      ({ token, createdAtMs = sinceServerMs }) =>
        !ours.has(token) && createdAtMs >= sinceServerMs - CLOCK_SLACK_MS,
    )
  }

  async #pointOf({ transfer, place, context }: Import): Promise<DocumentPoint> {
    const { destination, remoteFolders } = transfer
    if (destination.kind === 'folder') {
      const { parentNode } = await this.#options.mirror.resolve(destination, remoteFolders, context)
      const point = DocumentImports.pointIn(parentNode, transfer, place.type)
      if (point !== undefined) return point
    }
    const point = DocumentImports.pointIn(MY_SPACE, transfer, place.type)
    if (destination.kind === 'page' && point !== undefined) return point
    throw new TransferError('document-needs-folder', { detail: transfer.fileName })
  }

  /** @param fileToken null: the file has to go up again; what is worth knowing then is kept */
  #save(
    { transfer: { id } }: Import,
    {
      asked,
      ...rest
    }: Omit<DocumentPlace, 'asked'> & { asked: DocumentPlace['asked'] | undefined },
    fileToken: string | null,
  ): void {
    const { store } = this.#options
    if (fileToken === null && rest.doubt === undefined) store.dropAttach(id)
    else store.saveAttach(id, { place: { ...rest, ...(asked && { asked }) }, fileToken })
  }
}

function unanswered(cause: TransferError): TransferError {
  return new TransferError('import-unanswered', {
    ...cause.context,
    retryAfterMs: UNANSWERED_MS,
    cause,
  })
}

/** Checks whether a refused look says that there is no such task (any more). */
function isAboutTheTicket(error: unknown): error is TransferError {
  if (!(error instanceof TransferError)) return false
  return lookUp(error).policy === 'fail-file' || means(error, 'import-upload-gone')
}
