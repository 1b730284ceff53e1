import type { HomeAccount } from '#main/app/accounts/actor.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'

/** An account as a line of JSON. */
export function accountJson(account: HomeAccount, isInUse: boolean) {
  const { identity, kind, name, appId, baseUrl } = account
  return { type: 'account', identity, kind, name, appId, baseUrl, inUse: isInUse }
}

/** An account for a person: the one in use is marked. */
export function accountLines(account: HomeAccount, isInUse: boolean, language: Language): string[] {
  const { identity, kind, name, baseUrl } = account
  const what = t(language, kind === 'app' ? 'cli.accountApp' : 'cli.accountPerson')
  const head = `${isInUse ? '*' : ' '} ${name}  ${what} · ${new URL(baseUrl).host}`
  return [head, `    ${identity}`]
}
