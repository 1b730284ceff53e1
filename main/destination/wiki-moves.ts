/** Documents that were made in Drive and belong below a page of a wiki: an import knows folders only. */
import type { CallContext } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { DocumentType } from '#shared/model/transfer.ts'
import type { DocumentCalls } from './document-calls.ts'

export interface WikiMoveOptions {
  readonly calls: DocumentCalls
  readonly clock: Clock
  /** Returns the wiki that a page is in. */
  readonly spaceOf: (nodeToken: string, context: CallContext) => Promise<string>
}

interface Movable {
  readonly token: string
  readonly type: DocumentType
  readonly url?: string
}

/** Pauses before the looks at a task; the last one is repeated. The official client looks every two seconds. */
const LOOK_PAUSES_MS = [300, 1_000, 2_000]
const PATIENCE_MS = 60_000

/**
 * Moves a document below a page. Feishu answers with the page of a document that is in the wiki already, so a lost
 * answer or a killed process is followed by the same call, and nothing has to be noted before it.
 * @returns the link of the page, as far as it is known
 * @throws TransferError `document-not-moved` when Feishu does not do it: the document is still in Drive
 */
export async function moveBelow(
  { calls, clock, spaceOf }: WikiMoveOptions,
  nodeToken: string,
  { token, type, url }: Movable,
  context: CallContext,
): Promise<string | undefined> {
  try {
    const spaceId = await spaceOf(nodeToken, context)
    const { pageToken, taskId } = await calls.moveToWiki(
      { spaceId, nodeToken, token, type },
      context,
    )
    const untilMs = clock.steadyMs() + PATIENCE_MS
    for (let look = 0; pageToken === undefined && taskId !== undefined; look++) {
      if (clock.steadyMs() >= untilMs) throw new TransferError('import-slow', { detail: token })
      await clock.sleep(LOOK_PAUSES_MS[look] ?? LOOK_PAUSES_MS.at(-1) ?? 0, context.stopping)
      const { state, message, ...stand } = await calls.moveToWikiStatus({ taskId }, context)
      if (state === 'failed') throw notMoved(message, url)
      if (state === 'done') return linkOf(stand.pageToken, url)
    }
    if (pageToken === undefined) throw notMoved('', url)
    return linkOf(pageToken, url)
  } catch (error) {
    if (!isRefusal(error)) throw error
    throw notMoved(String(error.code), url, error)
  }
}

/** A refusal that another try does not end; a missing scope has a remedy of its own. */
function isRefusal(error: unknown): error is TransferError {
  if (!(error instanceof TransferError) || error.code === 'document-not-moved') return false
  const { policy } = lookUp(error)
  return (policy === 'block-target' || policy === 'fail-file') && !means(error, 'scope-missing')
}

function notMoved(why: string, url: string | undefined, cause?: TransferError): TransferError {
  const detail = [why, url].filter(Boolean).join(' · ')
  return new TransferError('document-not-moved', { ...cause?.context, detail, cause })
}

/** The link of a page on the host that has told the link of its document. */
function linkOf(pageToken: string | undefined, url: string | undefined): string | undefined {
  if (url === undefined || pageToken === undefined) return url
  return new URL(`/wiki/${pageToken}`, url).href
}
