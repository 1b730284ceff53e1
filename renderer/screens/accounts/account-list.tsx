import { useState } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import { explain } from '#shared/errors/explain.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'
import { setAccounts, useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { useLive } from '../../data/live.ts'
import { useLanguage, useServiceName, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { toast } from '../../ui/toasts.tsx'
import { PermissionList } from './permission-list.tsx'
import { RemedyButton } from './remedy-button.tsx'
import { askToSignIn } from './sign-in-request.ts'
import './accounts.css'

/** Shows all uploading accounts, their state, and the actions for it. */
export function AccountList() {
  const t = useText()
  const { accounts } = useApp().accounts
  const troubles = useLive((live) => live.accounts.troubles) ?? []
  return (
    <div className="accounts">
      {accounts.length > 0 && (
        <ul className="account-list" aria-label={t('accounts')}>
          {accounts.map((account) => (
            <AccountRow
              key={account.identity}
              account={account}
              trouble={troubles.find(({ identity }) => identity === account.identity)?.error}
            />
          ))}
        </ul>
      )}
      <div className="buttons">
        <Button
          icon="add"
          {...(accounts.length === 0 && { kind: 'primary' as const })}
          onClick={() => askToSignIn('new')}
        >
          {t('addAccount')}
        </Button>
      </div>
    </div>
  )
}

interface AccountRowProps {
  readonly account: AccountView
  readonly trouble: ErrorInfo | undefined
}

function AccountRow({ account, trouble }: AccountRowProps) {
  const t = useText()
  const language = useLanguage()
  const [isRenaming, setIsRenaming] = useState(false)
  const [isOpen, setIsOpen] = useState(false)
  const [isLeaving, setIsLeaving] = useState(false)
  const { identity, name, kind, brand, host, source, isInUse } = account
  const what = t(kind === 'user' ? 'kindPerson' : kind === 'app' ? 'kindApp' : 'kindToken')
  const place = useServiceName(brand)
  return (
    <li className="account" aria-label={name}>
      <span className="avatar" aria-hidden="true">
        {[...name][0]?.toUpperCase()}
      </span>
      <div className="account-words">
        {isRenaming ? (
          <NameField account={account} onDone={() => setIsRenaming(false)} />
        ) : (
          <p className="account-name">
            <span className="cut">{name}</span>
            {isInUse && <span className="badge">{t('inUse')}</span>}
          </p>
        )}
        <p className="small quiet cut" title={identity}>
          {[what, place, ...(isKnownHost(host) ? [] : [host])].join(' · ')}
          {source === 'environment' && ` · ${t('fromEnvironment')}`}
        </p>
        {trouble === undefined ? (
          <p className="small account-state good">
            <Icon name="check" />
            {t('accountFine')}
          </p>
        ) : (
          <p className="small account-state bad">
            <Icon name="alert" />
            {explain(trouble, language, { final: true }).message}
          </p>
        )}
        <details
          className="account-permissions"
          onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
        >
          <summary className="small">{t('permissionsTitle')}</summary>
          {isOpen && <PermissionList account={account} />}
        </details>
      </div>
      <div className="account-actions">
        {trouble !== undefined && (
          <RemedyButton error={trouble} account={account} acts={{}} size="small" kind="primary" />
        )}
        {source === 'stored' && !isInUse && (
          <Button size="small" onClick={() => void change('accounts.use', { identity })}>
            {t('useThis')}
          </Button>
        )}
        {source === 'stored' && !isRenaming && (
          <Button size="small" onClick={() => setIsRenaming(true)}>
            {t('rename')}
          </Button>
        )}
        {source === 'stored' && (
          <Button size="small" onClick={() => setIsLeaving(true)}>
            {t('signOut')}
          </Button>
        )}
      </div>
      {isLeaving && (
        <Dialog
          title={t('signOutQuestion', { name })}
          onClose={() => setIsLeaving(false)}
          foot={
            <>
              <Button onClick={() => setIsLeaving(false)}>{t('cancel')}</Button>
              <Button
                kind="danger"
                onClick={() => {
                  setIsLeaving(false)
                  void signOut(identity, t('signedOut'))
                }}
              >
                {t('signOut')}
              </Button>
            </>
          }
        >
          <p>{t('signOutWhat')}</p>
        </Dialog>
      )}
    </li>
  )
}

function NameField({
  account,
  onDone,
}: {
  readonly account: AccountView
  readonly onDone: () => void
}) {
  const t = useText()
  const [text, setText] = useState(account.name)
  const save = async () => {
    const name = text.trim()
    if (name !== '' && name !== account.name) {
      await change('accounts.rename', { identity: account.identity, name })
    }
    onDone()
  }
  return (
    <input
      className="input"
      aria-label={t('accountName')}
      maxLength={80}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
      autoFocus
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void save()
        if (event.key === 'Escape') onDone()
      }}
    />
  )
}

async function signOut(identity: string, words: string): Promise<void> {
  const answer = await bridge.request('accounts.remove', { identity })
  if (!answer.ok) return toastError(answer.error)
  setAccounts(answer.value)
  toast(words)
  if (answer.value.warning !== null) toastError(answer.value.warning)
}

async function change(
  ...[channel, input]:
    | ['accounts.use', { identity: string }]
    | ['accounts.rename', { identity: string; name: string }]
): Promise<boolean> {
  const answer = await bridge.request(channel, input as never)
  if (answer.ok) setAccounts(answer.value)
  else toastError(answer.error)
  return answer.ok
}

function isKnownHost(host: string): boolean {
  return host === 'open.feishu.cn' || host === 'open.larksuite.com'
}
