/** Names of places that were never looked up, such as folders that were given by their link on the command line. */
import type { CallContext } from '#main/engine/ports.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Destination, DestinationKind } from '#shared/model/transfer.ts'
import { tokenOf } from '#shared/transfer/token-of.ts'
import type { DocumentType } from './document-api.ts'
import type { DocumentCalls } from './document-calls.ts'
import type { PlaceBook } from './place-book.ts'
import type { PlaceNames } from './place-names.ts'

/** 获取文件元数据 · request_docs: 200 at most. */
const MOST_AT_ONCE = 200

/** A media point has no name. */
const TYPES: Readonly<Partial<Record<DestinationKind, DocumentType>>> = {
  folder: 'folder',
  docx: 'docx',
  sheet: 'sheet',
  base: 'bitable',
  page: 'wiki',
  file: 'file',
}

export interface LearnOptions {
  readonly documents: Pick<DocumentCalls, 'metas'>
  readonly book: PlaceBook
  readonly clock: { nowMs(): number }
}

/**
 * Asks Feishu for the names of places, once a day each, in one call. A refusal is remembered as the reason why a
 * place has no name.
 * @returns whether any name is another one now
 */
export async function learnNames(
  { documents, book, clock }: LearnOptions,
  destinations: readonly Destination[],
  context: CallContext,
): Promise<boolean> {
  const nowMs = clock.nowMs()
  const wanted = destinations
    .flatMap((destination) => {
      const type = TYPES[destination.kind]
      return type === undefined || book.isFresh(destination, nowMs) ? [] : [{ destination, type }]
    })
    .slice(0, MOST_AT_ONCE)
  if (wanted.length === 0) return false
  const told = await ask(documents, wanted, context)
  if (told === undefined) return false
  const changes = wanted.map(({ destination }) => {
    const names = told(tokenOf(destination))
    const before = JSON.stringify(book.nameOf(destination))
    book.learn({ destination, names })
    book.asked(destination, nowMs)
    return before !== JSON.stringify(book.nameOf(destination))
  })
  return changes.includes(true)
}

type Wanted = readonly { readonly destination: Destination; readonly type: DocumentType }[]

/**
 * Returns what is told of a token. A refusal of the whole call is the reason for all of them; undefined: nothing can
 * be told now.
 */
async function ask(
  documents: LearnOptions['documents'],
  wanted: Wanted,
  context: CallContext,
): Promise<((token: string) => PlaceNames) | undefined> {
  try {
    const asked = new Map(wanted.map((each) => [tokenOf(each.destination), each.type]))
    const found = await documents.metas(
      { of: [...asked].map(([token, type]) => ({ token, type })) },
      context,
    )
    const names = new Map(found.map(({ token, ...told }) => [token, told]))
    return (token) => names.get(token) ?? {}
  } catch (error) {
    if (context.stopping.aborted || !(error instanceof TransferError)) throw error
    const { domain } = lookUp(error)
    const isAboutRights = domain === 'permission' || domain === 'auth'
    return isAboutRights ? () => ({ unnamed: error.code }) : undefined
  }
}
