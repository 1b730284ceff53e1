/** Giving a person access to an uploaded file, and being sure that they have it. */
import type { CallContext } from '#main/engine/ports.ts'
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { DocumentCalls } from './document-calls.ts'

/**
 * 增加协作者权限: too many members, company policy, not visible to each other, the owner, or somebody
 * who has more already. It does not say which, and in the first three nothing was shared.
 */
const NOT_GRANTED = 1063003

interface Grant {
  readonly fileToken: string
  /** Open id or e-mail address. */
  readonly member: string
}

/**
 * Lets a person do everything with a file.
 * @throws TransferError also when Feishu did not share it and nobody can be found to have access anyway
 */
export async function share(
  calls: DocumentCalls,
  grant: Grant,
  context: CallContext,
): Promise<void> {
  try {
    await calls.grant(grant, context)
  } catch (error) {
    if (!(error instanceof TransferError) || error.code !== NOT_GRANTED) throw error
    if (!(await hasAccess(calls, grant, context))) throw error
  }
}

async function hasAccess(
  calls: DocumentCalls,
  { fileToken, member }: Grant,
  context: CallContext,
): Promise<boolean> {
  const looks = [
    async () => (await calls.meta({ token: fileToken, type: 'file' }, context))?.ownerId,
    async () => (await calls.members({ fileToken }, context)).find((id) => id === member),
  ]
  for (const look of looks) if ((await unlessRefused(look)) === member) return true
  return false
}

/** What was not to be seen proves nothing. */
async function unlessRefused<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof TransferError && REFUSALS.has(lookUp(error).policy)) return undefined
    throw error
  }
}

const REFUSALS = new Set(['fail-file', 'block-target', 'block-kind'])
