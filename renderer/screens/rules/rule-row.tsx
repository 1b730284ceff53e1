import { explain } from '#shared/errors/explain.ts'
import type { WatchState } from '#shared/model/watch-rule.ts'
import { describeWatchState } from '#shared/text/describe.ts'
import { formatWhen } from '#shared/text/format.ts'
import { placeHint, placeWords } from '#shared/text/place-words.ts'
import { useApp } from '../../data/app.ts'
import { useLive } from '../../data/live.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { copyText } from '../../ui/feedback.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { useWhose, type Whose } from '../accounts/former-account.ts'
import { RemedyButton } from '../accounts/remedy-button.tsx'
import { destinationIcon } from '../destination/kind-words.ts'
import { confirmFolder, folderName, type RuleWays, setEnabled } from './rule-actions.ts'
import type { ListedRule } from './use-rules.ts'

interface RuleRowProps {
  readonly rule: ListedRule
  readonly ways: RuleWays
  readonly onMenu: (at: { x: number; y: number }) => void
}

/** One watched folder: what it is, where it goes, how it is doing. */
export function RuleRow({ rule, ways, onMenu }: RuleRowProps) {
  const t = useText()
  const language = useLanguage()
  const { folder, enabled, destinationName, standing } = rule
  const { state, lastChangeAtMs } = standing
  const name = folderName(folder)
  const whose = useWhose(rule.account)
  return (
    <li
      className="rule"
      data-tone={toneOf(state)}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu({ x: event.clientX, y: event.clientY })
      }}
    >
      <span className="rule-icon">
        <Icon name="folder" />
      </span>
      <div className="rule-what">
        <button
          type="button"
          className="rule-open"
          aria-keyshortcuts="Space R Delete"
          title={folder}
          onClick={() => ways.onEdit(rule)}
        >
          <span className="rule-name">{name}</span>
          <span className="cut quiet small code">{folder}</span>
        </button>
        <p className="rule-to cut quiet" title={placeHint(destinationName, language)}>
          → <Icon name={destinationIcon(rule.destination.kind)} />{' '}
          {placeWords(destinationName, language)}
          {whose.kind === 'one-of-several' && ` · ${t('ruleAs', { name: whose.account.name })}`}
        </p>
      </div>
      <div className="rule-how">
        <p className="rule-state">
          <Icon name={STATE_ICONS[state.kind]} />
          <span>{describeWatchState(state, language)}</span>
        </p>
        {state.kind === 'too-many-watches' && <RaiseSetting setting={state.setting} />}
        {state.kind === 'root-replaced' && <ConfirmFolder rule={rule} />}
        <AccountTrouble whose={whose} rule={rule} />
        <Following rule={rule} ways={ways} />
        <Counts rule={rule} ways={ways} />
      </div>
      <p className="rule-when num quiet small">
        {lastChangeAtMs === null
          ? t('ruleNoChange')
          : t('ruleLastChange', { time: formatWhen(lastChangeAtMs, language) })}
      </p>
      <div className="rule-buttons">
        <IconButton
          size="small"
          icon={enabled ? 'pause' : 'play'}
          label={t(enabled ? 'rulePauseNamed' : 'ruleResumeNamed', { name })}
          onClick={() => void setEnabled(rule, !enabled)}
        />
        <IconButton
          size="small"
          icon="dots"
          label={t('rowActions', { name })}
          aria-haspopup="menu"
          onClick={(event) => {
            const { right, bottom } = event.currentTarget.getBoundingClientRect()
            onMenu({ x: right - 200, y: bottom + 4 })
          }}
        />
      </div>
    </li>
  )
}

/** Says why nothing goes up for it, and offers what ends that; its files wait in the queue. */
function AccountTrouble({ whose, rule }: { readonly whose: Whose; readonly rule: ListedRule }) {
  const t = useText()
  const language = useLanguage()
  const { accounts } = useApp().accounts
  const troubles = useLive((live) => live.accounts.troubles) ?? []
  const known = accounts.find(({ identity }) => identity === rule.account) ?? accounts[0]
  const isFormer = whose.kind === 'former'
  const account = isFormer ? whose.account : known
  const error = isFormer
    ? SIGNED_OUT
    : troubles.find(({ identity }) => identity === account?.identity)?.error
  if (error === undefined || account === undefined) return null
  const { message } = explain(error, language, { final: true })
  return (
    <p className="rule-raise rule-signed-out">
      <Icon name="alert" />
      <span>
        {isFormer
          ? t('ruleSignedOut', { name: account.name })
          : t('accountTrouble', { name: account.name, message })}
      </span>
      <RemedyButton error={error} account={account} acts={{}} size="small" />
    </p>
  )
}

const SIGNED_OUT = { code: 'signed-out', atMs: 0 } as const

/** Asks for confirmation: only a person can say whether the folder there now is the right one. */
function ConfirmFolder({ rule }: Pick<RuleRowProps, 'rule'>) {
  const t = useText()
  return (
    <p className="rule-raise">
      <Button size="small" icon="check" onClick={() => void confirmFolder(rule)}>
        {t('ruleConfirm')}
      </Button>
    </p>
  )
}

/** Says what the rule is going to change in Feishu, or that it waits for a person. */
function Following({ rule, ways }: Pick<RuleRowProps, 'rule' | 'ways'>) {
  const t = useText()
  const { follow } = rule.standing
  if (follow === null || (follow.pending === 0 && follow.stop === null)) return null
  return (
    <>
      <p className="rule-state">
        <Icon name={follow.stop === null ? 'clock' : 'alert'} />
        <span>
          {follow.stop === null
            ? t('followPending', { count: follow.pending })
            : t(`follow.stop-${follow.stop}`)}
        </span>
      </p>
      <p className="rule-raise">
        <Button size="small" onClick={() => ways.onFollow(rule)}>
          {t('followReview')}
        </Button>
      </p>
    </>
  )
}

/** Figures, each of which leads to its files. */
function Counts({ rule, ways }: Pick<RuleRowProps, 'rule' | 'ways'>) {
  const t = useText()
  const { up, queued, waiting, failed, notNeeded, leftOut } = rule.standing.counts
  const figures = [
    ['countUp', up, () => ways.onFiles(rule, 'history')],
    ['countQueued', queued, () => ways.onFiles(rule, 'queue')],
    ['countWaiting', waiting, () => ways.onProblems(rule)],
    ['countFailed', failed, () => ways.onProblems(rule)],
    ['countNotNeeded', notNeeded, undefined],
    ['countLeftOut', leftOut, () => ways.onEdit(rule)],
  ] as const
  return (
    <ul className="rule-counts">
      {figures
        .filter(([words, count]) => count > 0 || words === 'countUp')
        .map(([words, count, onClick]) => {
          const text = t(words, { count })
          const tone = words === 'countFailed' ? 'bad' : undefined
          return (
            <li key={words} data-tone={tone}>
              {onClick === undefined || count === 0 ? (
                <span className="rule-count num">{text}</span>
              ) : (
                <button type="button" className="rule-count num" onClick={onClick}>
                  {text}
                </button>
              )}
            </li>
          )
        })}
    </ul>
  )
}

/** Folders that can be watched at once, as Linux sets it; half a million take about half a GB at most. */
const ENOUGH = { 'fs.inotify.max_user_watches': 524_288, 'fs.inotify.max_user_instances': 1_024 }

function RaiseSetting({ setting }: { readonly setting: string }) {
  const t = useText()
  const enough = ENOUGH[setting as keyof typeof ENOUGH]
  if (enough === undefined) return null
  const command = `sudo sysctl ${setting}=${enough}`
  return (
    <p className="rule-raise">
      <span className="code">{command}</span>
      <Button size="small" icon="copy" onClick={() => void copyText(command)}>
        {t('copy')}
      </Button>
    </p>
  )
}

const STATE_ICONS = {
  watching: 'check',
  scanning: 'search',
  checking: 'search',
  'root-missing': 'alert',
  'root-replaced': 'alert',
  'no-permission': 'alert',
  'not-answering': 'alert',
  unreadable: 'alert',
  'too-many-watches': 'alert',
  paused: 'pause',
} as const satisfies Record<WatchState['kind'], IconName>

function toneOf({ kind }: WatchState): 'good' | 'active' | 'attention' | 'calm' {
  switch (kind) {
    case 'watching':
      return 'good'
    case 'scanning':
    case 'checking':
      return 'active'
    case 'paused':
      return 'calm'
    default:
      return 'attention'
  }
}
