import type { RegistrationView } from '#shared/contract/account-channels.ts'
import { appRights } from '#shared/permissions/app-rights.ts'
import { useServiceName, useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'

interface AppRightsProps {
  readonly app: NonNullable<RegistrationView['app']>
}

/** Shows what an app may do, before its secret is kept. */
export function AppRights({ app }: AppRightsProps) {
  const t = useText()
  const service = useServiceName(app.brand)
  const { isKnown, used, others, asApp } = appRights(app.rights)
  return (
    <section className="app-rights" aria-label={t('rightsOf', { appId: app.appId })}>
      <p role="status">
        {t('appCreated', { service })} <span className="code">{app.appId}</span>
      </p>
      {!isKnown && (
        <div className="notice attention">
          <Icon name="alert" />
          <p>{t('rightsUnknown')}</p>
        </div>
      )}
      <Scopes label={t('rightsUsed')} scopes={used} isOpen={false} />
      <Scopes label={t('rightsOthers')} scopes={others} isOpen />
      <Scopes label={t('rightsAsApp')} scopes={asApp} isOpen />
      {isKnown && asApp.length === 0 && <p className="field-note">{t('rightsNoneAsApp')}</p>}
      <p className="field-note">{t('keepAppNote')}</p>
    </section>
  )
}

interface ScopesProps {
  readonly label: string
  readonly scopes: readonly string[]
  readonly isOpen: boolean
}

function Scopes({ label, scopes, isOpen }: ScopesProps) {
  if (scopes.length === 0) return null
  return (
    <details open={isOpen}>
      <summary>
        {label} ({scopes.length})
      </summary>
      <ul className="code small scopes">
        {scopes.map((scope) => (
          <li key={scope}>{scope}</li>
        ))}
      </ul>
    </details>
  )
}
