/** Showing a file that is up where it belongs, which is a step of its own: it may fail by itself. */
import { lookUp } from '#shared/errors/look-up.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Attached } from './ports.ts'
import type { Run } from './run.ts'

/**
 * Attaches the file if it is up and has to be attached; completes the transfer then.
 * @returns whether there was such a file
 * @throws TransferError when Feishu refused; the file stays up and is not sent again to attach it
 */
export async function attachIfUp(run: Run): Promise<boolean> {
  const { store, attacher, clock } = run.tools
  const { id } = run.transfer
  const fileToken = store.pendingAttach(id)?.fileToken
  if (fileToken === undefined || fileToken === null) return false
  run.move({ kind: 'attaching', fileToken })
  let attached: Attached
  try {
    attached = await attacher.attach(run.transfer, fileToken, run.context)
  } catch (error) {
    if (isWrongUpload(error)) await forgetUpload(run)
    throw error
  }
  const finishedAtMs = clock.nowMs()
  const { notes = [], ...shown } = attached
  for (const note of notes) run.note(note)
  const result = { fileToken, ...shown, finishedAtMs }
  store.attached(id, result)
  run.move({ kind: 'landed', ...result })
  return true
}

/** Checks whether no one can attach the uploaded file there: it was uploaded for another place. */
function isWrongUpload(error: unknown): boolean {
  return error instanceof TransferError && lookUp(error).policy === 'restart-upload'
}

async function forgetUpload({ tools, transfer, context, note }: Run): Promise<void> {
  // The attacher has put down already what the next try has to know.
  if ((tools.store.pendingAttach(transfer.id)?.fileToken ?? null) === null) return
  if (!(await tools.attacher.cleanUp(transfer, context))) note({ kind: 'block-left' })
  tools.store.dropAttach(transfer.id)
}
