import { accountsOf, findAccount } from '#main/app/accounts/actor.ts'
import { lineOf } from '#main/app/accounts/connection-options.ts'
import { signOut } from '#main/app/accounts/sign-out.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { t } from '#shared/text/t.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { warn } from '../warn.ts'

/** `feidi logout [ACCOUNT]`: its secrets are gone; what it has not uploaded yet waits for it. */
export async function logout(session: Session, name: string | undefined): Promise<ExitCode> {
  const { output, settings } = session
  const accounts = accountsOf(session)
  const account = name === undefined ? accounts.inUse() : findAccount(accounts, name)
  if (account === undefined) throw new TransferError('account-unknown')
  const tellFeishu = await signOut(accounts, account.identity)
  if (settings.json) {
    output.json({ type: 'signed-out', identity: account.identity })
  } else if (!settings.quiet) {
    output.say(t(settings.language, 'cli.signedOut', { name: account.name }))
  }
  const warning = await tellFeishu(lineOf(settings, session.log))
  if (warning !== undefined) warn(session, warning)
  return EXIT.allDone
}
