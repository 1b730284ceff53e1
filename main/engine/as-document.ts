/** Files that become online documents: what a run decides about them before, and when they can not. */
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Fingerprint } from '#shared/model/transfer.ts'
import { documentTypeFor, isTextForDocument } from '#shared/transfer/as-document.ts'
import type { NewTransfer } from './ports.ts'
import type { Run } from './run.ts'
import type { SourceReader } from './source.ts'

/** Read at a time to see whether a text is UTF-8. */
const CHUNK_BYTES = 4 * 1024 * 1024

/**
 * The run of a file in the form that it has taken. One that was found to be none that can become a document
 * goes up as it is. One that is asked for in another form by now begins again, unless a document may have
 * been made of it.
 */
export function inItsForm(run: Run): Run {
  const { tools, transfer } = run
  const place = tools.store.pendingAttach(transfer.id)?.place
  if (place?.kind !== 'document') return run
  if (place.insteadFile !== undefined) {
    const { asDocument: _, ...handling } = transfer.handling
    return { ...run, transfer: { ...transfer, handling } }
  }
  const isAskedFor = place.asked !== undefined || place.made !== undefined
  if (documentTypeFor(transfer) !== place.type && !isAskedFor) tools.store.dropAttach(transfer.id)
  return run
}

/**
 * Notes that a file goes up as it is, where it can not become a document and a person allowed for that.
 * @returns the failure to report: the file starts again, as a file
 */
export function asFileIfAllowed({ tools: { store }, transfer }: Run, error: TransferError) {
  const type = documentTypeFor(transfer)
  const isAllowed = transfer.handling.asDocument?.orFile === true
  if (type === undefined || !isAllowed || !means(error, 'no-document')) return error
  const place = { kind: 'document', type, insteadFile: error.code } as const
  store.saveAttach(transfer.id, { place, fileToken: null })
  return new TransferError('import-as-file', { detail: transfer.fileName, cause: error })
}

/**
 * Checks that a text which is to become a document is UTF-8: Feishu takes it for that, and what is not
 * becomes an unreadable document.
 * @throws TransferError `import-not-utf8`; as the reader does when the file changes
 */
export async function checkText(run: Run, fingerprint: Fingerprint): Promise<void> {
  if (!isTextForDocument(run.transfer)) return
  const { pool, sources } = run.tools
  const length = Math.min(CHUNK_BYTES, fingerprint.sizeBytes)
  const lease = await pool.lease(length, run.context.stopping)
  try {
    await demandUtf8(sources, run.transfer, fingerprint, lease.bytes)
  } finally {
    lease.release()
  }
}

/** Returns why a text can not become a document, before it is queued; undefined: it can, or is not read now. */
export async function whyNoText(
  file: NewTransfer,
  fingerprint: Fingerprint,
  sources: SourceReader,
): Promise<TransferError | undefined> {
  if (!isTextForDocument(file)) return undefined
  const buffer = new Uint8Array(Math.min(CHUNK_BYTES, fingerprint.sizeBytes))
  try {
    await demandUtf8(sources, file, fingerprint, buffer)
    return undefined
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    // A file that can not be read, or changes meanwhile: the upload will say so.
    return error.code === 'import-not-utf8' ? error : undefined
  }
}

async function demandUtf8(
  sources: SourceReader,
  file: Parameters<SourceReader['read']>[0] & { readonly fileName: string },
  fingerprint: Fingerprint,
  buffer: Uint8Array,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const { sizeBytes } = fingerprint
  for (let start = 0; start < sizeBytes; start += CHUNK_BYTES) {
    const bytes = buffer.subarray(0, Math.min(CHUNK_BYTES, sizeBytes - start))
    await sources.read(file, fingerprint, start, bytes)
    decode(decoder, bytes, start + CHUNK_BYTES < sizeBytes, file.fileName)
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean, detail: string): void {
  try {
    decoder.decode(bytes, { stream })
  } catch (cause) {
    throw new TransferError('import-not-utf8', { detail, cause })
  }
}
