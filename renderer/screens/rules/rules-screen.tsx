import { useEffect, useRef, useState } from 'react'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { isTyping } from '../../ui/keys.ts'
import { ListMessage } from '../../ui/list-message.tsx'
import { Menu } from '../../ui/menu.tsx'
import { FollowDialog } from './follow-dialog.tsx'
import { ProblemsDialog } from './problems-dialog.tsx'
import {
  folderName,
  type RuleWays,
  removeRule,
  ruleMenu,
  scanNow,
  setEnabled,
} from './rule-actions.ts'
import { RuleRow } from './rule-row.tsx'
import { type ListedRule, useRules } from './use-rules.ts'
import './rules.css'

interface RulesScreenProps {
  readonly onAdd: () => void
  readonly onEdit: RuleWays['onEdit']
  readonly onFiles: RuleWays['onFiles']
}

/** The folders that are kept uploaded. */
export function RulesScreen({ onAdd, onEdit, onFiles }: RulesScreenProps) {
  const t = useText()
  const { rules, failed, tryAgain } = useRules()
  const [menu, setMenu] = useState<{ id: string; at: { x: number; y: number } }>()
  const [problemsOf, setProblemsOf] = useState<string>()
  const list = useRef<HTMLUListElement>(null)
  const [followOf, setFollowOf] = useState<string>()
  const ways = {
    onEdit,
    onFiles,
    onProblems: ({ id }: ListedRule) => setProblemsOf(id),
    onFollow: ({ id }: ListedRule) => setFollowOf(id),
  }
  const find = (id: string | undefined) => rules?.find((rule) => rule.id === id)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event) || event.defaultPrevented || event.ctrlKey || event.metaKey) return
      const shown = [...(list.current?.querySelectorAll<HTMLElement>('.rule-open') ?? [])]
      const at = shown.indexOf(document.activeElement as HTMLElement)
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step !== undefined && shown.length > 0) {
        event.preventDefault()
        shown[at < 0 ? 0 : Math.min(Math.max(at + step, 0), shown.length - 1)]?.focus()
        return
      }
      const rule = rules?.[at]
      if (rule === undefined || !act(event.key, rule)) return
      event.preventDefault()
      // The row may go, and the focus with it.
      if (event.key === 'Delete') (shown[at + 1] ?? shown[at - 1])?.focus()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  })

  const chosen = find(menu?.id)
  const troubled = find(problemsOf)
  const following = find(followOf)
  return (
    <>
      <div className="toolbar" role="toolbar" aria-label={t('toolbar')}>
        <p className="screen-title" aria-hidden="true">
          {t('rules')}
        </p>
        <span className="toolbar-space" />
        {rules !== undefined && rules.length > 0 && (
          <Button kind="primary" icon="add" onClick={onAdd}>
            {t('ruleAdd')}
          </Button>
        )}
      </div>
      {rules === undefined && failed && (
        <ListMessage icon="offline" text={t('loadFailed')}>
          <Button icon="retry" onClick={tryAgain}>
            {t('tryAgain')}
          </Button>
        </ListMessage>
      )}
      {rules?.length === 0 && <NoRules onAdd={onAdd} />}
      {rules !== undefined && rules.length > 0 && (
        <ul className="rules" ref={list} aria-label={t('rules')}>
          {rules.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              ways={ways}
              onMenu={(at) => setMenu({ id: rule.id, at })}
            />
          ))}
        </ul>
      )}
      {chosen !== undefined && menu !== undefined && (
        <Menu
          label={t('rowActions', { name: folderName(chosen.folder) })}
          at={menu.at}
          groups={ruleMenu(chosen, ways)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {troubled !== undefined && (
        <ProblemsDialog rule={troubled} onClose={() => setProblemsOf(undefined)} />
      )}
      {following !== undefined && (
        <FollowDialog rule={following} onClose={() => setFollowOf(undefined)} />
      )}
    </>
  )
}

/** @returns whether the key does something to the folder that has the focus */
function act(key: string, rule: ListedRule): boolean {
  switch (key) {
    case ' ':
      void setEnabled(rule, !rule.enabled)
      return true
    case 'Delete':
      void removeRule(rule)
      return true
    case 'r':
    case 'R':
      if (rule.enabled) void scanNow(rule)
      return rule.enabled
    default:
      return false
  }
}

/** Before the first one: what watching is, in a picture and three lines. */
function NoRules({ onAdd }: { readonly onAdd: () => void }) {
  const t = useText()
  return (
    <div className="empty">
      <svg className="drop-picture" viewBox="0 0 200 132" aria-hidden="true">
        <path className="field-line" d="M8 44h40l10 12h40v60H8z" />
        <g className="sheet front">
          <path d="M36 66h24l12 12v28H36z" />
          <path className="fold" d="M60 66v12h12" />
        </g>
        <path className="cells" d="M110 84h22m-9-9 9 9-9 9" />
        <path
          className="cells"
          d="M153 100h31a12 12 0 0 0 1-24 18 18 0 0 0-34-5 15 15 0 0 0 2 29z"
        />
      </svg>
      <h2>{t('noRulesTitle')}</h2>
      <p className="quiet">{t('noRulesText')}</p>
      <ul className="no-rules-points quiet">
        <li>{t('noRulesNew')}</li>
        <li>{t('noRulesOnce')}</li>
        <li>{t('noRulesKept')}</li>
      </ul>
      <div className="empty-buttons">
        <Button kind="primary" icon="add" onClick={onAdd}>
          {t('ruleAdd')}
        </Button>
      </div>
    </div>
  )
}
