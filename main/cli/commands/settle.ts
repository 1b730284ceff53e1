import { resolve } from 'node:path'
import { openHome } from '#main/app/open-engine.ts'
import { settle as settleUploads, uncertainIn } from '#main/app/run/settle.ts'
import { candidatesOf } from '#main/app/settle-uncertain.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { EXIT, type ExitCode, exitCodeAfter } from '../exit-code.ts'
import { uncertainLines } from '../report/human-lines.ts'
import type { Session } from '../session.ts'

export interface SettleOptions {
  readonly mine?: boolean
  /** The file that is meant, where several were found. */
  readonly token?: string
  readonly again?: boolean
}

/**
 * `feidi settle [PATH...]`: uploads whose answer was lost, where nothing could be compared. Names them,
 * or settles them as the person says.
 */
export async function settle(
  session: Session,
  paths: readonly string[],
  { mine = false, token, again = false }: SettleOptions,
): Promise<ExitCode> {
  if (mine && again) throw new TransferError('usage', { detail: '--mine, --again' })
  const folders = paths.map((path) => resolve(path))
  if (!mine && !again) return nameAll(session, folders)
  const wishes = { isMine: mine, ...(token !== undefined && { token }) }
  return exitCodeAfter(await settleUploads(session, folders, wishes))
}

function nameAll({ settings, output, version }: Session, folders: readonly string[]): ExitCode {
  const home = openHome({ ...settings, command: 'feidi settle', version })
  try {
    const found = uncertainIn(home.stores.transfers, folders)
    for (const transfer of found) {
      const { id, path } = transfer
      if (settings.json) {
        output.json({ type: 'uncertain', id, path, candidates: candidatesOf(transfer) })
      } else for (const line of uncertainLines(transfer, settings.language)) output.say(line)
    }
    return found.length === 0 ? EXIT.allDone : EXIT.someFailed
  } finally {
    home.close()
  }
}
