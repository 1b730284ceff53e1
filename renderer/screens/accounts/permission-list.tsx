import { useEffect, useId, useState } from 'react'
import type { AccountView } from '#shared/contract/account-channels.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { type ChecklistLine, checklistOf } from '#shared/permissions/checklist.ts'
import { permissionsPage } from '#shared/permissions/console-pages.ts'
import type { Purpose } from '#shared/permissions/scope-groups.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useServiceName, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { copyText, openLink } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { askToGrant } from './sign-in-request.ts'

/** Shows what an account may do: what works, what its person can grant, and what the app lacks. */
export function PermissionList({ account }: { readonly account: AccountView }) {
  const t = useText()
  const language = useLanguage()
  const [checked, setChecked] = useState<readonly ChecklistLine[] | ErrorInfo>()
  const { accounts } = useApp()
  const { identity, kind } = account

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after each sign-in
  useEffect(() => {
    let isStale = false
    void bridge.request('accounts.permissions', { identity }).then((answer) => {
      if (isStale) return
      setChecked(answer.ok ? checklistOf({ kind, ...answer.value }) : answer.error)
    })
    return () => {
      isStale = true
    }
  }, [identity, kind, accounts])

  if (checked === undefined) {
    return (
      <p className="field-note">
        <span className="spinner" /> {t('looking')}
      </p>
    )
  }
  if ('code' in checked) return <p className="field-note">{errorText(checked, language)}</p>
  if (checked.every(({ state }) => state === 'unknown')) {
    return <p className="field-note">{t('permissionsUnknown')}</p>
  }
  return (
    <div className="permissions">
      <ul className="permission-list" aria-label={t('permissionsTitle')}>
        {checked
          .filter(({ state }) => state === 'works')
          .map(({ purpose }) => (
            <li key={purpose} className="works">
              <Icon name="check" />
              {t(`permissions.${purpose}`)}
            </li>
          ))}
      </ul>
      <ToGrant account={account} lines={checked.filter(({ state }) => state === 'grant')} />
      <Lacking account={account} lines={checked.filter(({ state }) => state === 'app')} />
    </div>
  )
}

interface LinesProps {
  readonly account: AccountView
  readonly lines: readonly ChecklistLine[]
}

function ToGrant({ account, lines }: LinesProps) {
  const t = useText()
  const note = useId()
  const [wanted, setWanted] = useState<readonly Purpose[]>([])
  const chosen = lines.filter(({ purpose }) => wanted.includes(purpose))
  if (lines.length === 0) return null
  return (
    <fieldset className="permission-group">
      <legend>{t('permissionsToGrant')}</legend>
      {lines.map(({ purpose, scopes }) => (
        <label key={purpose} className="permission">
          <input
            type="checkbox"
            className="check"
            checked={wanted.includes(purpose)}
            onChange={({ target }) =>
              setWanted(
                target.checked ? [...wanted, purpose] : wanted.filter((each) => each !== purpose),
              )
            }
          />
          <span>
            {t(`permissions.${purpose}`)}{' '}
            <span className="code small quiet">{scopes.join(' ')}</span>
          </span>
        </label>
      ))}
      <div className="buttons">
        <Button
          size="small"
          icon="user"
          disabled={chosen.length === 0 || account.source !== 'stored'}
          aria-describedby={chosen.length === 0 ? note : undefined}
          onClick={() =>
            askToGrant(account, {
              missing: [],
              purposes: chosen.map(({ purpose }) => purpose),
            })
          }
        >
          {t('grantAndContinue')}
        </Button>
        {chosen.length === 0 && (
          <p id={note} className="field-note">
            {t('grantChoose')}
          </p>
        )}
      </div>
    </fieldset>
  )
}

function Lacking({ account, lines }: LinesProps) {
  const t = useText()
  const { appId, brand } = account
  const service = useServiceName(brand)
  if (lines.length === 0 || appId === null) return null
  const scopes = [...new Set(lines.flatMap((line) => line.scopes))]
  const link = permissionsPage(brand, appId, scopes)
  return (
    <section className="permission-group" aria-label={t('permissionsNotInApp')}>
      <p>{t('permissionsNotInApp')}</p>
      <ul className="permission-list">
        {lines.map((line) => (
          <li key={line.purpose}>
            <Icon name="alert" />
            <span>
              {t(`permissions.${line.purpose}`)}{' '}
              <span className="code small quiet">{line.scopes.join(' ')}</span>
            </span>
          </li>
        ))}
      </ul>
      <div className="buttons">
        <Button size="small" icon="external" onClick={() => openLink(link)}>
          {t('openScopePage')}
        </Button>
        <Button
          size="small"
          icon="copy"
          onClick={() =>
            void copyText(t('adminAddScopes', { service, appId, scopes: scopes.join(', '), link }))
          }
        >
          {t('copyForAdmin')}
        </Button>
      </div>
    </section>
  )
}
