import type { RuleStanding } from '#shared/contract/rule-channels.ts'
import { formatCount } from '#shared/text/numbers.ts'
import { useApp } from '../data/app.ts'
import { useLive } from '../data/live.ts'
import { useServiceName, useText } from '../data/text.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Logo } from '../ui/logo.tsx'
import type { View } from './view.ts'

const VIEWS = [
  ['queue', 'queue'],
  ['rules', 'folder'],
  ['history', 'history'],
  ['settings', 'settings'],
] as const satisfies readonly (readonly [View, IconName])[]

/** A folder that can not be watched as it should be. */
function needsSomebody({ state }: RuleStanding): boolean {
  return !['watching', 'scanning', 'checking', 'paused'].includes(state.kind)
}

interface SideBarProps {
  readonly view: View
  readonly onView: (view: View) => void
}

export function SideBar({ view, onView }: SideBarProps) {
  const t = useText()
  const { account, accounts } = useApp()
  const service = useServiceName(account.brand)
  const troubles = useLive((live) => live.accounts.troubles) ?? []
  const tabs = useLive((live) => live.counts.byTab)
  const standings = useLive((live) => live.rules.standings)
  const watched = Object.values(standings ?? {})
  const troubled = watched.filter(needsSomebody).length
  const open = (tabs?.active ?? 0) + (tabs?.waiting ?? 0)
  const attention = tabs?.attention ?? 0
  const [inUse] = accounts.accounts
  const isTroubled = troubles.some(({ identity }) => identity === inUse?.identity)
  return (
    <nav className="side" aria-label={t('mainMenu')}>
      <div className="side-brand">
        <Logo />
        <span className="side-label">{t('appName')}</span>
      </div>
      <ul>
        {VIEWS.map(([each, icon]) => (
          <li key={each}>
            <button
              type="button"
              className="side-item"
              aria-current={each === view ? 'page' : undefined}
              title={t(each)}
              onClick={() => onView(each)}
            >
              <Icon name={icon} />
              <span className="side-label">{t(each)}</span>
              {each === 'queue' && attention > 0 && (
                <span className="badge attention" title={t('tabAttention')}>
                  {formatCount(attention)}
                </span>
              )}
              {each === 'rules' && watched.length > 0 && (
                <span
                  className={troubled > 0 ? 'badge attention' : 'badge'}
                  title={
                    troubled > 0
                      ? t('rulesNeedYou', {
                          count: troubled,
                        })
                      : undefined
                  }
                >
                  {formatCount(watched.length)}
                </span>
              )}
              {each === 'queue' && attention === 0 && open > 0 && (
                <span className="badge">{formatCount(open)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="side-item side-account"
        title={inUse?.name ?? t('noAccount')}
        onClick={() => onView('settings')}
      >
        <Icon name="user" />
        <span className="side-label side-account-text">
          <span className="cut">{inUse?.name ?? t('noAccount')}</span>
          <span className={isTroubled ? 'small cut account-trouble' : 'quiet small cut'}>
            {isTroubled ? t('needsSignIn') : account.kind === 'none' ? t('setUpAccount') : service}
          </span>
        </span>
      </button>
    </nav>
  )
}
