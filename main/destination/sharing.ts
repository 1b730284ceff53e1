/** Giving a person access to an uploaded file, and being sure that they have it. */
import type { CallContext } from '#main/engine/ports.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { means } from '#shared/errors/meaning.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { DocumentType } from './document-api.ts'
import type { DocumentCalls } from './document-calls.ts'

interface Grant {
  readonly fileToken: string
  readonly type: DocumentType
  /** Open id or e-mail address. */
  readonly member: string
}

/**
 * Gives a person full access to a file.
 * @throws TransferError also when Feishu did not share it and the person is not found to have
 *   access anyway
 */
export async function share(
  calls: DocumentCalls,
  grant: Grant,
  context: CallContext,
): Promise<void> {
  try {
    await calls.grant(grant, context)
  } catch (error) {
    if (!(error instanceof TransferError) || !means(error, 'maybe-not-shared')) throw error
    if (!(await hasAccess(calls, grant, context))) throw error
  }
}

async function hasAccess(
  calls: DocumentCalls,
  { fileToken, type, member }: Grant,
  context: CallContext,
): Promise<boolean> {
  const looks = [
    async () => (await calls.meta({ token: fileToken, type }, context))?.ownerId,
    async () => (await calls.members({ fileToken, type }, context)).find((id) => id === member),
  ]
  for (const look of looks) if ((await unlessRefused(look)) === member) return true
  return false
}

/** Returns undefined when the look is refused: that proves nothing. */
async function unlessRefused<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof TransferError && REFUSALS.has(lookUp(error).policy)) return undefined
    throw error
  }
}

const REFUSALS = new Set(['fail-file', 'block-target', 'block-kind'])
