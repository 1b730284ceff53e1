import { TransferError } from '#shared/errors/transfer-error.ts'
import { accountJson, accountLine } from '../account-words.ts'
import { accountsOf, findAccount } from '../actor.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { say } from '../texts.ts'

/** `feidi accounts`: who has signed in to this home, the one in use marked. */
export async function listAccounts(session: Session): Promise<ExitCode> {
  const { output, settings } = session
  const accounts = accountsOf(session)
  const inUse = accounts.inUse()?.identity
  for (const account of accounts.list()) {
    const isInUse = account.identity === inUse
    output.stdout.write(
      settings.json
        ? `${JSON.stringify(accountJson(account, isInUse))}\n`
        : `${accountLine(account, isInUse, settings.language)}\n`,
    )
  }
  if (inUse === undefined && !settings.json) {
    output.stdout.write(`${say('noAccounts', settings.language)}\n`)
  }
  return EXIT.allDone
}

/** `feidi accounts use ACCOUNT`: acts from now on when nobody says otherwise. */
export async function useAccount(session: Session, name: string): Promise<ExitCode> {
  const accounts = accountsOf(session)
  accounts.use(findAccount(accounts, name).identity)
  return listAccounts(session)
}

/** `feidi logout [ACCOUNT]`: its secrets are gone; what it has not uploaded yet waits for it. */
export async function logout(session: Session, name: string | undefined): Promise<ExitCode> {
  const { output, settings } = session
  const accounts = accountsOf(session)
  const account = name === undefined ? accounts.inUse() : findAccount(accounts, name)
  if (account === undefined) throw new TransferError('account-unknown')
  accounts.remove(account.identity)
  if (settings.json) {
    output.stdout.write(`${JSON.stringify({ type: 'signed-out', identity: account.identity })}\n`)
  } else if (!settings.quiet) {
    output.stdout.write(`${say('signedOut', settings.language, { name: account.name })}\n`)
  }
  return EXIT.allDone
}
