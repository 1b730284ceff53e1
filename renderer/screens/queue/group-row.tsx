import { memo, type ReactNode } from 'react'
import type { GroupRow as Group } from '#shared/contract/group-row.ts'
import type { TransferStateKind } from '#shared/model/transfer.ts'
import { formatWhen } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { formatBytes, formatSpeed } from '#shared/text/numbers.ts'
import { placeHint, placeWords } from '#shared/text/place-words.ts'
import { ACTION_KINDS } from '#shared/transfer/action-kinds.ts'
import { NEEDS_ACTION, RUNNABLE, RUNNING } from '#shared/transfer/state-kinds.ts'
import { percentOf } from '#shared/transfer/work-size.ts'
import { say, useText } from '../../data/text.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { destinationIcon } from '../destination/kind-words.ts'
import type { Column } from './columns.ts'
import { type RowPlace, RowShell } from './row-shell.tsx'
import type { Tone } from './state-line.ts'

interface GroupLineProps extends RowPlace {
  readonly group: Group
  readonly language: Language
}

/** The heading of files that were added together. The table hears clicks; a row only shows. */
export const GroupLine = memo(function GroupLine(props: GroupLineProps) {
  const { group, language, ...place } = props
  const { labels } = place
  const t = useText()
  const name = nameOfGroup(group)
  const { words, tone, icon } = stateOf(group)
  const to = group.destinationName
  const cells: Readonly<Record<Column, ReactNode>> = {
    name: (
      <div key="name" role="gridcell" className="cell-name">
        <Icon name={group.isOpen ? 'down' : 'right'} />
        <Icon name={GROUP_ICONS[group.kind]} />
        <div className="names">
          <span className="file-name cut" title={name}>
            {name}
          </span>
          <span className="file-path cut">
            {t('groupFiles', {
              count: group.shown,
              time: formatWhen(group.addedAtMs, language),
            })}
          </span>
        </div>
      </div>
    ),
    destination: (
      <div
        key="destination"
        role="gridcell"
        className="cell-destination cut"
        title={placeHint(to, language)}
      >
        <Icon name={destinationIcon(to.kind)} /> {placeWords(to, language)}
      </div>
    ),
    size: (
      <div key="size" role="gridcell" className="cell-size num">
        {formatBytes(group.sizeBytes)}
      </div>
    ),
    progress: (
      <div key="progress" role="gridcell" className="cell-progress">
        <ProgressBar label={labels.transfer(name)} share={group.share} tone={barTone(group)} />
      </div>
    ),
    speed: (
      <div key="speed" role="gridcell" className="cell-speed num">
        {group.bytesPerSecond > 0 ? formatSpeed(group.bytesPerSecond) : ''}
      </div>
    ),
    state: (
      <div key="state" role="gridcell" className="cell-state">
        <span className={`state tone-${tone}`} title={words}>
          <Icon name={icon} />
          <span className="state-text">{words}</span>
        </span>
      </div>
    ),
    added: (
      <div key="added" role="gridcell" className="cell-added num">
        {formatWhen(group.addedAtMs, language)}
      </div>
    ),
  }
  return <RowShell name={name} kind="group" isOpen={group.isOpen} cells={cells} {...place} />
})

const GROUP_ICONS = { files: 'file', folder: 'folder', rule: 'history' } as const satisfies Record<
  Group['kind'],
  IconName
>

export function nameOfGroup({ kind, label }: Group): string {
  return kind === 'files' ? say('groupOfFiles', { name: label }) : label
}

/** Returns the states that files of a group are in. */
export function kindsOfGroup({ byState }: Group): TransferStateKind[] {
  const kinds = Object.entries(byState) as [TransferStateKind, number][]
  return kinds.filter(([, count]) => count > 0).map(([kind]) => kind)
}

/** Checks whether the key that pauses or resumes pauses this group. */
export function pausesGroup(group: Group): boolean {
  return kindsOfGroup(group).some((kind) => ACTION_KINDS.pause.includes(kind))
}

function countOf({ byState }: Group, kinds: readonly TransferStateKind[]): number {
  return kinds.reduce((sum, kind) => sum + (byState[kind] ?? 0), 0)
}

/** The figures that matter first: work, trouble, waiting, then ends. */
function stateOf(group: Group): { words: string; tone: Tone; icon: IconName } {
  const active = countOf(group, RUNNING)
  const attention = countOf(group, NEEDS_ACTION)
  const waiting = countOf(group, RUNNABLE)
  const paused = countOf(group, ['paused'])
  const skipped = countOf(group, ['skipped'])
  const done = countOf(group, ['done'])
  const cancelled = countOf(group, ['cancelled'])
  const parts = [
    ...(active > 0 ? [say('groupUploading', { percent: percentOf(group.share) })] : []),
    ...(attention > 0 ? [say('groupAttention', { count: attention })] : []),
    ...(waiting > 0 ? [say('groupWaiting', { count: waiting })] : []),
    ...(paused > 0 ? [say('groupPaused', { count: paused })] : []),
    ...(done > 0 ? [say('groupDone', { count: done })] : []),
    ...(skipped > 0 ? [say('groupSkipped', { count: skipped })] : []),
    ...(cancelled > 0 ? [say('groupCancelled', { count: cancelled })] : []),
  ]
  const words = parts.join(' · ')
  if (active > 0) return { words, tone: 'active', icon: 'upload' }
  if (attention > 0) return { words, tone: 'attention', icon: 'alert' }
  if (waiting > 0) return { words, tone: 'calm', icon: 'clock' }
  if (paused > 0) return { words, tone: 'calm', icon: 'pause' }
  return done > 0
    ? { words, tone: 'good', icon: 'check' }
    : { words, tone: 'calm', icon: skipped > 0 ? 'skip' : 'close' }
}

function barTone(group: Group) {
  if (countOf(group, RUNNING) > 0) return undefined
  if (countOf(group, NEEDS_ACTION) > 0) return 'failed'
  return group.share >= 1 && countOf(group, ['done']) > 0 ? 'done' : 'still'
}
