import type { Brand } from '#shared/model/account.ts'
import { consolePage } from '#shared/permissions/console-pages.ts'
import {
  groupsOf,
  OFFLINE_SCOPE,
  PURPOSE_NAMES,
  type Purpose,
  scopesOf,
} from '#shared/permissions/scope-groups.ts'
import { useApp } from '../../data/app.ts'
import { useServiceName, useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { copyText } from '../../ui/feedback.ts'

/** All but bare media, which programs use, and staying signed in, which every person needs. */
const OFFERED = PURPOSE_NAMES.filter((each) => each !== 'media' && each !== 'staySignedIn')

interface AppNeedsProps {
  readonly brand: Brand
  readonly appId: string
  /** False: the app acts as itself. */
  readonly isPerson: boolean
  /** The sign-in comes back to this machine. */
  readonly withAddresses: boolean
  readonly purposes: readonly Purpose[]
  readonly onPurposes: (purposes: readonly Purpose[]) => void
}

/** Shows what the app's owner registers once, by what the app is for: to be copied, or sent to an admin. */
export function AppNeeds(props: AppNeedsProps) {
  const { brand, appId, isPerson, withAddresses, purposes, onPurposes } = props
  const t = useText()
  const { redirectAddresses } = useApp().accounts
  const scopes = [...(isPerson ? [OFFLINE_SCOPE] : []), ...scopesOf(purposes)]
  const addresses = withAddresses ? redirectAddresses : []
  const said = {
    service: useServiceName(brand),
    appId: appId === '' ? undefined : appId,
    scopes: scopes.join(', '),
    link: consolePage(brand),
  }
  const message = isPerson
    ? t('adminPrepare', {
        ...said,
        addresses: addresses.length === 0 ? undefined : addresses.join('\n'),
      })
    : t('adminPrepareApp', said)
  return (
    <details className="app-needs">
      <summary>{t('whatTheAppNeeds')}</summary>
      <fieldset className="permission-group app-need">
        <legend className="small quiet">{t('whatFor')}</legend>
        {OFFERED.map((purpose) => (
          <label key={purpose} className="permission">
            <input
              type="checkbox"
              className="check"
              checked={purposes.includes(purpose)}
              onChange={({ target }) =>
                onPurposes(OFFERED.filter((each) => isWanted(each, purpose, target.checked)))
              }
            />
            {t(`permissions.${purpose}`)}
          </label>
        ))}
      </fieldset>
      <Values label={t(isPerson ? 'scopesForPeople' : 'scopesForApp')} values={scopes} />
      {addresses.length > 0 && <Values label={t('redirectAddresses')} values={addresses} />}
      <div className="buttons app-need">
        <Button size="small" icon="copy" onClick={() => void copyText(message)}>
          {t('copyForAdmin')}
        </Button>
      </div>
    </details>
  )

  function isWanted(each: Purpose, changed: Purpose, isOn: boolean): boolean {
    return each === changed ? isOn : purposes.includes(each)
  }
}

function Values({ label, values }: { readonly label: string; readonly values: readonly string[] }) {
  const t = useText()
  return (
    <div className="app-need">
      <div className="app-need-head">
        <span className="small quiet">{label}</span>
        <IconButton
          icon="copy"
          size="small"
          label={t('copyWhat', { what: label })}
          onClick={() => void copyText(values.join('\n'))}
        />
      </div>
      <ul className="code small">
        {values.map((value) => (
          <li key={value}>{value}</li>
        ))}
      </ul>
    </div>
  )
}

/** Returns the scopes that a sign-in asks for besides the usual ones. */
export function furtherScopesFor(purposes: readonly Purpose[]): string[] {
  const usual = groupsOf('folder').map(([leading]) => leading)
  return scopesOf(purposes).filter((scope) => !usual.includes(scope))
}
