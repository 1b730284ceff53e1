import { useId } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Select } from '../../ui/select.tsx'
import { useWhose } from './former-account.ts'
import { askToSignIn } from './sign-in-request.ts'
import './accounts.css'

interface AccountFieldProps {
  /** The account's identity; undefined: the account in use. */
  readonly value: string | undefined
  readonly onChange: (identity: string) => void
}

/**
 * Lets the user choose the uploading account. Shown only when there is a choice, or when the chosen
 * account has signed out.
 */
export function AccountField({ value, onChange }: AccountFieldProps) {
  const t = useText()
  const id = useId()
  const { accounts } = useApp().accounts
  const whose = useWhose(value)
  const former = whose.kind === 'former' ? whose.account : undefined
  if (accounts.length < 2 && former === undefined) return null
  const signedOut = former && { value: former.identity, label: t('accountSignedOut', former) }
  return (
    <div className="field account-field">
      <label htmlFor={id}>{t('uploadAs')}</label>
      <Select
        id={id}
        value={value ?? accounts[0]?.identity ?? ''}
        aria-invalid={former !== undefined}
        aria-describedby={former && `${id}-note`}
        options={[...(signedOut ? [signedOut] : []), ...accountOptions(accounts)]}
        onChange={onChange}
      />
      {former !== undefined && (
        <div id={`${id}-note`} className="notice attention account-gone">
          <Icon name="alert" />
          <p>{t(accounts.length > 0 ? 'accountGoneOrOther' : 'accountGone')}</p>
          <Button size="small" icon="user" onClick={() => askToSignIn(former)}>
            {t('signInAgain')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Returns the options of an account selector. */
export function accountOptions(accounts: readonly AccountView[]) {
  return accounts.map((account) => ({
    value: account.identity,
    label: distinctName(account, accounts),
  }))
}

/** Returns a distinct name: one person may have signed in through two apps. */
function distinctName(
  { identity, name, appId }: AccountView,
  accounts: readonly AccountView[],
): string {
  const isShared = accounts.some((each) => each.name === name && each.identity !== identity)
  return isShared && appId !== null ? `${name} (${appId})` : name
}
