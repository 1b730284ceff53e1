import { accountsOf, findAccount } from '#main/app/accounts/actor.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { checklistOf } from '#shared/permissions/checklist.ts'
import { t } from '#shared/text/t.ts'
import { accountJson, accountLines } from '../account-words.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { grantLine } from '../permission-words.ts'
import type { Session } from '../session.ts'

/** `feidi accounts`: who has signed in to this home, the one in use marked. */
export async function listAccounts(session: Session): Promise<ExitCode> {
  const { output, settings } = session
  const accounts = accountsOf(session)
  const inUse = accounts.inUse()?.identity
  for (const account of accounts.list()) {
    const isInUse = account.identity === inUse
    if (settings.json) output.json(accountJson(account, isInUse))
    else {
      output.say(...accountLines(account, isInUse, settings.language))
      const missing = await missingLine(session, account.identity)
      if (missing !== undefined) output.say(`    ${missing}`)
    }
  }
  if (inUse === undefined && !settings.json) {
    output.say(t(settings.language, 'cli.noAccounts'))
  }
  return EXIT.allDone
}

/** Names what the person has not granted; undefined: nothing, or it is not known without asking Feishu. */
async function missingLine(session: Session, identity: string): Promise<string | undefined> {
  const { language } = session.settings
  const credentials = await accountsOf(session).credentials(identity).catch(unlessUnreadable)
  if (credentials?.kind !== 'user') return undefined
  const granted = (await credentials.vault.read().catch(unlessUnreadable))?.scopes ?? []
  if (granted.length === 0) return undefined
  const missing = checklistOf({ kind: 'user', granted, ofApp: null }).filter(
    ({ state }) => state === 'grant',
  )
  return missing.length === 0 ? undefined : grantLine(missing, language)
}

/** A sign-in that cannot be read is told of where it is needed. */
function unlessUnreadable(error: unknown): undefined {
  if (!(error instanceof TransferError)) throw error
}

/** `feidi accounts use ACCOUNT`: makes it the account that acts unless another is named. */
export async function useAccount(session: Session, name: string): Promise<ExitCode> {
  const accounts = accountsOf(session)
  accounts.use(findAccount(accounts, name).identity)
  return listAccounts(session)
}
