import { type ReactNode, useId, useRef, useState } from 'react'
import { formatBytes, formatCount } from '#shared/text/numbers.ts'
import { FILE_TYPES } from '#shared/transfer/file-type.ts'
import { useApp } from '../../data/app.ts'
import { say, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PopUp } from '../../ui/pop-up.tsx'
import { Select } from '../../ui/select.tsx'
import { accountOptions } from '../accounts/account-field.tsx'
import { ownerOf } from '../accounts/former-account.ts'
import {
  ADDED,
  type AddedChoice,
  type Criteria,
  criteriaCount,
  NO_CRITERIA,
  SIZES,
  type SizeChoice,
} from './criteria.ts'
import { focusList } from './list-focus.ts'
import './filter.css'

interface FilterProps {
  readonly criteria: Criteria
  readonly onCriteria: (criteria: Criteria) => void
}

const TYPE_WORDS = {
  picture: 'typePicture',
  video: 'typeVideo',
  document: 'typeDocument',
  archive: 'typeArchive',
  other: 'typeOther',
} as const

const ADDED_WORDS = {
  today: 'today',
  week: 'lastWeek',
  month: 'lastMonth',
  earlier: 'addedEarlier',
} as const satisfies Record<AddedChoice, string>

/** In the order that people look for them. */
const TYPES = [...FILE_TYPES.slice(1), ...FILE_TYPES.slice(0, 1)]

const BUTTON_ID = 'filter-button'

/** Opens the card in which the list is narrowed by what files are. */
export function FilterButton({ criteria, onCriteria }: FilterProps) {
  const t = useText()
  const ids = useId()
  const { accounts } = useApp().accounts
  const [isOpen, setIsOpen] = useState(false)
  const count = criteriaCount(criteria)
  const { types, size, added, account } = criteria
  const any = { value: '', label: t('anyOfThem') }
  const select = (
    name: 'size' | 'added' | 'account',
    label: string,
    options: readonly { readonly value: string; readonly label: string }[],
  ) => (
    <div className="filter-field">
      <label htmlFor={`${ids}-${name}`}>{label}</label>
      <Select
        id={`${ids}-${name}`}
        value={criteria[name] ?? ''}
        options={[any, ...options]}
        onChange={(value) => onCriteria({ ...criteria, [name]: value === '' ? undefined : value })}
      />
    </div>
  )
  return (
    <PopUp
      isOpen={isOpen}
      onClose={() => setIsOpen(false)}
      button={
        <Button
          id={BUTTON_ID}
          kind="plain"
          size="small"
          icon="filter"
          aria-expanded={isOpen}
          aria-pressed={count > 0}
          aria-label={count > 0 ? `${t('filter')} ${formatCount(count)}` : t('filter')}
          title={t('filter')}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span className="wide-label">{t('filter')}</span>{' '}
          {count > 0 && <span className="num">{formatCount(count)}</span>}
        </Button>
      }
    >
      <section className="filter-card" aria-label={t('filter')}>
        <fieldset className="filter-types">
          <legend>{t('fileType')}</legend>
          {TYPES.map((type) => {
            const isOn = types.includes(type)
            const others = types.filter((each) => each !== type)
            return (
              <Button
                key={type}
                size="small"
                aria-pressed={isOn}
                onClick={() => onCriteria({ ...criteria, types: isOn ? others : [...types, type] })}
              >
                {t(TYPE_WORDS[type])}
              </Button>
            )
          })}
        </fieldset>
        {select('size', t('size'), sizes())}
        {select(
          'added',
          t('addedAt'),
          ADDED.map((value) => ({ value, label: t(ADDED_WORDS[value]) })),
        )}
        {(accounts.length > 1 || account !== undefined) &&
          select('account', t('account'), [
            ...accountOptions(accounts),
            ...(account === undefined || accounts.some(({ identity }) => identity === account)
              ? []
              : [{ value: account, label: accountName(account, accounts) }]),
          ])}
        {(size !== undefined ||
          added !== undefined ||
          account !== undefined ||
          types.length > 0) && (
          <Button kind="plain" size="small" onClick={() => onCriteria(NO_CRITERIA)}>
            {t('clearFilter')}
          </Button>
        )}
      </section>
    </PopUp>
  )
}

interface FilterChipsProps extends FilterProps {
  /** The number of files, where nothing else tells it. */
  readonly children: ReactNode
}

/** Names each filter that is set: one goes with a click, and all of them by Esc. */
export function FilterChips({ criteria, onCriteria, children }: FilterChipsProps) {
  const t = useText()
  const row = useRef<HTMLDivElement>(null)
  const { accounts } = useApp().accounts
  const { types, size, added, account } = criteria
  const chips = [
    ...types.map((type) => ({
      label: t(TYPE_WORDS[type]),
      without: { ...criteria, types: types.filter((each) => each !== type) },
    })),
    ...(size ? [{ label: sizeWords(size), without: { ...criteria, size: undefined } }] : []),
    ...(added
      ? [
          {
            label: t('addedIn', { when: t(ADDED_WORDS[added]) }),
            without: { ...criteria, added: undefined },
          },
        ]
      : []),
    ...(account
      ? [
          {
            label: accountName(account, accounts),
            without: { ...criteria, account: undefined },
          },
        ]
      : []),
  ]
  if (chips.length === 0) return null
  const remove = (index: number) => {
    onCriteria(chips[index]?.without ?? NO_CRITERIA)
    // The chip that has the focus goes.
    const others = [...(row.current?.querySelectorAll('button') ?? [])]
    const next = chips.length > 1 ? others[index + 1] : document.getElementById(BUTTON_ID)
    next?.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would want a legend in sight
    <div
      ref={row}
      className="filter-chips"
      role="group"
      aria-label={t('filter')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCriteria(NO_CRITERIA)
        focusList()
      }}
    >
      {chips.map(({ label }, index) => (
        <button
          key={label}
          type="button"
          className="filter-chip"
          aria-label={t('removeFilter', { name: label })}
          title={t('removeFilter', { name: label })}
          onClick={() => remove(index)}
        >
          <span className="cut">{label}</span>
          <Icon name="close" />
        </button>
      ))}
      {chips.length > 1 && (
        <Button
          kind="plain"
          size="small"
          onClick={() => {
            onCriteria(NO_CRITERIA)
            focusList()
          }}
        >
          {t('clearFilter')}
        </Button>
      )}
      {children}
    </div>
  )
}

function sizes() {
  return (Object.keys(SIZES) as SizeChoice[]).map((value) => ({ value, label: sizeWords(value) }))
}

function sizeWords(size: SizeChoice): string {
  const { least, below }: { least?: number; below?: number } = SIZES[size]
  if (least === undefined) return say('sizeBelow', { size: roundBytes(below ?? 0) })
  if (below === undefined) return say('sizeFrom', { size: roundBytes(least) })
  return say('sizeBetween', { least: roundBytes(least), most: roundBytes(below) })
}

function roundBytes(bytes: number): string {
  return formatBytes(bytes).replace('.0 ', ' ')
}

function accountName(identity: string, accounts: Parameters<typeof ownerOf>[1]): string {
  const known = accountOptions(accounts).find(({ value }) => value === identity)
  return known?.label ?? ownerOf(identity, accounts)?.name ?? identity
}
