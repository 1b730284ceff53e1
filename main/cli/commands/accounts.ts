import { accountsOf, findAccount } from '#main/app/accounts/actor.ts'
import { t } from '#shared/text/t.ts'
import { accountJson, accountLines } from '../account-words.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

/** `feidi accounts`: who has signed in to this home, the one in use marked. */
export async function listAccounts(session: Session): Promise<ExitCode> {
  const { output, settings } = session
  const accounts = accountsOf(session)
  const inUse = accounts.inUse()?.identity
  for (const account of accounts.list()) {
    const isInUse = account.identity === inUse
    if (settings.json) output.json(accountJson(account, isInUse))
    else output.say(...accountLines(account, isInUse, settings.language))
  }
  if (inUse === undefined && !settings.json) {
    output.say(t(settings.language, 'cli.noAccounts'))
  }
  return EXIT.allDone
}

/** `feidi accounts use ACCOUNT`: makes it the account that acts unless another is named. */
export async function useAccount(session: Session, name: string): Promise<ExitCode> {
  const accounts = accountsOf(session)
  accounts.use(findAccount(accounts, name).identity)
  return listAccounts(session)
}
