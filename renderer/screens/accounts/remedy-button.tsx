/** The buttons that end failures: one look and one act for each remedy, wherever a failure is shown. */

import type { AccountView } from '#shared/contract/account-channels.ts'
import { leastFirst } from '#shared/errors/least-scope.ts'
import { type Remedy, remedyFor } from '#shared/errors/remedy-for.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { permissionsPage } from '#shared/permissions/console-pages.ts'
import type { Purpose } from '#shared/permissions/scope-groups.ts'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { openLink } from '../../ui/feedback.ts'
import type { IconName } from '../../ui/icon.tsx'
import { askToGrant, askToSignIn } from './sign-in-request.ts'

/** The acts that only the place of a button can carry out; a remedy without its act has no button there. */
export type RemedyActs = Partial<Readonly<Record<Remedy, (() => void) | undefined>>>

const LOOKS = {
  'add-scopes': { words: 'openScopePage', icon: 'external' },
  grant: { words: 'grantAndContinue', icon: 'user' },
  'sign-in': { words: 'signInAgain', icon: 'user' },
  'check-account': { words: 'checkAccount', icon: 'user' },
  'network-settings': { words: 'networkSettings', icon: 'settings' },
  'other-destination': { words: 'chooseDestination', icon: 'folder' },
  'find-file': { words: 'findFile', icon: 'file' },
  'as-file': { words: 'uploadAsFile', icon: 'upload' },
  'show-file': { words: 'showInFolder', icon: 'folder' },
  'adopt-home': { words: 'adoptRestored', icon: 'check' },
  retry: { words: 'retry', icon: 'retry' },
} as const satisfies Record<Remedy, { words: string; icon: IconName }>

interface RemedyButtonProps {
  readonly error: ErrorInfo
  /** The account that met the failure. */
  readonly account: AccountView | undefined
  readonly acts: RemedyActs
  /** The purposes of the permissions that the failed upload needs, where they are known. */
  readonly purposes?: readonly Purpose[]
  readonly size?: 'small'
  readonly kind?: 'primary'
}

/** The button for what a failure asks for; nothing where there is no act for it. */
export function RemedyButton({ error, account, acts, purposes, ...look }: RemedyButtonProps) {
  const t = useText()
  const act = actFor(error, account, acts, purposes)
  if (act === undefined) return null
  const { words, icon } = LOOKS[remedyHere(error, account)]
  return (
    <Button {...look} icon={icon} onClick={act}>
      {t(error.code === 'home-moved' ? 'adoptMoved' : words)}
    </Button>
  )
}

/** Returns the act behind that button. */
export function actFor(
  error: ErrorInfo,
  account: AccountView | undefined,
  acts: RemedyActs,
  purposes: readonly Purpose[] = [],
): (() => void) | undefined {
  const remedy = remedyHere(error, account)
  return acts[remedy] ?? actAnywhere(remedy, error, account, purposes)
}

/** Returns the remedy as far as this account can take it: credentials of the environment sign in there. */
function remedyHere(error: ErrorInfo, account: AccountView | undefined): Remedy {
  const remedy = remedyFor(error)
  const isSignIn = remedy === 'sign-in' || remedy === 'grant'
  if (isSignIn && account?.source !== 'stored') return 'check-account'
  if (remedy === 'add-scopes' && (account?.appId ?? null) === null) return 'check-account'
  return remedy
}

function actAnywhere(
  remedy: Remedy,
  { missingScopes = [] }: ErrorInfo,
  account: AccountView | undefined,
  purposes: readonly Purpose[],
): (() => void) | undefined {
  // Any one of the scopes is enough: the one that opens least is put before the app's owner.
  const least = leastFirst(missingScopes).slice(0, 1)
  switch (remedy) {
    case 'add-scopes': {
      if (account === undefined || account.appId === null) return undefined
      const link = permissionsPage(account.brand, account.appId, least)
      return () => openLink(link)
    }
    case 'sign-in':
      return account && (() => askToSignIn(account))
    case 'grant':
      return account && (() => askToGrant(account, { missing: missingScopes, purposes }))
    case 'adopt-home':
      return () => void bridge.request('home.adopt', {})
    default:
      return undefined
  }
}
