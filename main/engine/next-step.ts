/** The next step for a file, decided by what is known of it: an upload takes it, a dry run tells it. */
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { Fingerprint, UploadTransaction } from '#shared/model/transfer.ts'
import { documentTypeFor, whyNoDocument } from '#shared/transfer/as-document.ts'
import { sameFingerprint } from '#shared/transfer/fingerprint-of.ts'
import {
  FILE_NAME_LIMIT_CHARACTERS,
  FOLDER_NAME_LIMIT_BYTES,
  planFits,
} from '#shared/transfer/plan-parts.ts'
import { remoteName } from '#shared/transfer/remote-name.ts'
import { whyNotTaken } from '#shared/transfer/taken-by.ts'
import { isOfVersion, mayHoldContent } from './known-copy.ts'
import type { NewTransfer } from './ports.ts'
import { nameError } from './verify-source.ts'

type Item = Pick<NewTransfer, 'path' | 'fileName' | 'destination' | 'remoteFolders' | 'handling'>

/** The facts that decide, as far as they are known without asking Feishu. */
export interface Known {
  /** Of the version that is there now. */
  readonly fingerprint: Fingerprint
  /** An upload that was begun. */
  readonly transaction: UploadTransaction | undefined
  /** False: another local file counts as up through the file that the transaction would replace. */
  readonly mayReplace: boolean
  /** The identity that uploads; undefined: any. */
  readonly identity: string | undefined
  /** The copy at its place, unless it has vanished from its folder. */
  readonly copy: Copy | undefined
  readonly nowMs: number
  /** The rest of the transaction can not be there in time, and a new one can. */
  readonly isInVain?: boolean
  /** The acknowledged parts have the file's bytes; undefined: not compared yet. */
  readonly hasParts?: boolean
  /** The copy has the file's content; undefined: not compared yet. */
  readonly hasContent?: boolean
}

/** The reason why a transaction is of no use. */
type Dropped = 'file-changed' | 'transaction-over' | 'may-not-replace'

/** A step, once all comparisons that it depends on are made. */
export type NextStep =
  | { readonly kind: 'refuse'; readonly error: TransferError }
  | { readonly kind: 'resume'; readonly transaction: UploadTransaction }
  | { readonly kind: 'already-up'; readonly copy: Copy; readonly dropped?: Dropped }
  | {
      readonly kind: 'upload'
      readonly reason: 'new' | 'changed' | 'again'
      readonly dropped?: Dropped
    }

/** A comparison that has to be made first: only the file's bytes tell. */
type Question =
  | { readonly kind: 'has-parts'; readonly transaction: UploadTransaction }
  | { readonly kind: 'has-content'; readonly copy: Copy }

/** Compares the file with what is known of its bytes. */
export interface Comparisons {
  hasParts(transaction: UploadTransaction): Promise<boolean>
  hasContent(copy: Copy): Promise<boolean>
}

/** The next step for a file; it is read where only its bytes tell. Rejects as the comparisons do. */
export async function decideNextStep(
  item: Item,
  known: Known,
  compare: Comparisons,
): Promise<NextStep> {
  const step = nextStepFor(item, known)
  if (step.kind === 'has-parts') {
    const hasParts = await compare.hasParts(step.transaction)
    return decideNextStep(item, { ...known, hasParts }, compare)
  }
  if (step.kind === 'has-content') {
    const hasContent = await compare.hasContent(step.copy)
    return decideNextStep(item, { ...known, hasContent }, compare)
  }
  return step
}

/** The next step for a file, or the comparison that it depends on. */
export function nextStepFor(item: Item, known: Known): NextStep | Question {
  const { fingerprint, transaction, copy } = known
  const error = refusalOf(item, fingerprint.sizeBytes)
  if (error !== undefined) return { kind: 'refuse', error }
  const found = transaction && judgeTransaction(transaction, item, known)
  if (typeof found === 'object') return found
  const dropped = found && { dropped: found }
  const again = item.handling?.again ?? false
  if (copy === undefined) return { kind: 'upload', reason: 'new', ...dropped }
  if (again) return { kind: 'upload', reason: 'again', ...dropped }
  if (isOfVersion(copy, fingerprint)) return { kind: 'already-up', copy, ...dropped }
  const hasContent = mayHoldContent(copy, fingerprint) ? known.hasContent : false
  if (hasContent === undefined) return { kind: 'has-content', copy }
  return hasContent
    ? { kind: 'already-up', copy, ...dropped }
    : { kind: 'upload', reason: 'changed', ...dropped }
}

/** Resumes with the transaction, asks about its parts, or says why it is of no use. */
function judgeTransaction(
  transaction: UploadTransaction,
  item: Item,
  known: Known,
): NextStep | Question | Dropped {
  const { fingerprint, identity = transaction.identity, mayReplace, nowMs, hasParts } = known
  const { sizeBytes } = transaction.fingerprint
  if (!mayReplace) return 'may-not-replace'
  const isAlive =
    transaction.expiresAtMs > nowMs &&
    known.isInVain !== true &&
    transaction.identity === identity &&
    // Asked for as a file meanwhile, or as another document.
    transaction.point.document?.type === documentTypeFor(item) &&
    planFits(transaction, sizeBytes)
  if (!isAlive) return 'transaction-over'
  if (sameFingerprint(transaction.fingerprint, fingerprint)) return { kind: 'resume', transaction }
  if (sizeBytes !== fingerprint.sizeBytes || hasParts === false) return 'file-changed'
  return hasParts === true ? { kind: 'resume', transaction } : { kind: 'has-parts', transaction }
}

/** The reason why a file can not go to its place at all. */
function refusalOf(item: Item, sizeBytes: number): TransferError | undefined {
  const { path, fileName, destination, remoteFolders } = item
  if (sizeBytes === 0) return new TransferError('source-empty', { detail: path })
  const reason =
    whyNotTaken(destination.kind, fileName, sizeBytes) ?? whyNoDocument(item, sizeBytes)
  if (reason !== undefined) return new TransferError(reason, { detail: fileName })
  const folders = destination.kind === 'folder' ? remoteFolders.map(remoteName) : []
  const tooLong = folders.find((name) => Buffer.byteLength(name) > FOLDER_NAME_LIMIT_BYTES)
  if (tooLong !== undefined) return new TransferError('folder-name-too-long', { detail: tooLong })
  return nameError(fileName, FILE_NAME_LIMIT_CHARACTERS)
}
