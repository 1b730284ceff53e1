import { memo, type ReactNode } from 'react'
import type { LiveState } from '#shared/contract/live-state.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { explain } from '#shared/errors/explain.ts'
import { formatWhen } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { formatBytes, formatSpeed } from '#shared/text/numbers.ts'
import { placeHint, placeWords } from '#shared/text/place-words.ts'
import { pausedWords } from '#shared/text/summary.ts'
import { t } from '#shared/text/t.ts'
import { RUNNING } from '#shared/transfer/state-kinds.ts'
import { useApp } from '../../data/app.ts'
import { useNow } from '../../data/clock.ts'
import { useLive } from '../../data/live.ts'
import { say, useText } from '../../data/text.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Thumbnail } from '../../ui/thumbnail.tsx'
import { destinationIcon } from '../destination/kind-words.ts'
import type { Column } from './columns.ts'
import { type RowPlace, RowShell } from './row-shell.tsx'
import { shareOf, stateLine, toneOf } from './state-line.ts'

interface QueueRowProps extends RowPlace {
  readonly row: TransferRow
  readonly language: Language
  /** It stands below the heading of its group. */
  readonly isNested?: boolean
  readonly isMovable?: boolean
  /** The list shows only what needs attention, and need not say so in each row. */
  readonly isReasonOnly?: boolean
}

/** One transfer. The table hears clicks; a row only shows. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { row, language, isNested = false, isReasonOnly = false, ...place } = props
  const { labels } = place
  const cells: Readonly<Record<Column, ReactNode>> = {
    name: (
      <div key="name" role="gridcell" className="cell-name">
        <Thumbnail id={row.id} name={row.fileName} />
        <div className="names">
          <span className="file-name cut" title={row.fileName}>
            {row.fileName}
          </span>
          <span className="file-path cut" title={placeOf(row)}>
            {row.isFromBrowser ? placeOf(row) : folderOf(row)}
          </span>
        </div>
      </div>
    ),
    destination: (
      <div
        key="destination"
        role="gridcell"
        className="cell-destination cut"
        title={destinationHint(row, language)}
      >
        <Icon name={destinationIcon(row.destination.kind)} /> {destinationOf(row, language)}
      </div>
    ),
    size: (
      <div key="size" role="gridcell" className="cell-size num">
        {formatBytes(row.sizeBytes)}
      </div>
    ),
    progress: (
      <div key="progress" role="gridcell" className="cell-progress">
        <Progress row={row} label={labels.transfer(row.fileName)} />
      </div>
    ),
    speed: (
      <div key="speed" role="gridcell" className="cell-speed num">
        {row.bytesPerSecond > 0 ? formatSpeed(row.bytesPerSecond) : ''}
      </div>
    ),
    state: (
      <div key="state" role="gridcell" className="cell-state">
        <StateWords row={row} language={language} isReasonOnly={isReasonOnly} />
      </div>
    ),
    added: (
      <div key="added" role="gridcell" className="cell-added num">
        {formatWhen(row.queuedAtMs, language)}
      </div>
    ),
  }
  return <RowShell name={row.fileName} kind={isNested ? 'nested' : ''} cells={cells} {...place} />
})

function Progress({ row, label }: { readonly row: TransferRow; readonly label: string }) {
  const { kind } = row.state
  const untouched = row.movedBytes === 0
  if (kind === 'skipped' || (untouched && !RUNNING.includes(kind) && kind !== 'done')) return null
  return <ProgressBar label={label} share={shareOf(row)} tone={barTone(row)} />
}

function barTone(row: TransferRow) {
  switch (row.state.kind) {
    case 'done':
      return 'done'
    case 'failed':
      return 'failed'
    default:
      return RUNNING.includes(row.state.kind) ? undefined : 'still'
  }
}

const STATE_ICONS: Readonly<Partial<Record<TransferRow['state']['kind'], IconName>>> = {
  waiting: 'clock',
  paused: 'pause',
  blocked: 'alert',
  failed: 'alert',
  skipped: 'skip',
  cancelled: 'close',
  done: 'check',
  preparing: 'upload',
  sending: 'upload',
  finishing: 'upload',
  attaching: 'upload',
}

interface StateWordsProps {
  readonly row: TransferRow
  readonly language: Language
  readonly isReasonOnly?: boolean
}

/** Colour, sign and words say the same thing; none of them is needed to understand the others. */
export function StateWords({ row, language, isReasonOnly = false }: StateWordsProps) {
  if (row.state.kind === 'queued') return <QueuedWords row={row} language={language} />
  if (isReasonOnly && row.state.kind === 'blocked') {
    return <Words row={row} text={explain(row.state.error, language, { final: true }).message} />
  }
  return row.state.kind === 'waiting' || row.doneAtMs !== null ? (
    <TickingWords row={row} language={language} />
  ) : (
    <Words row={row} text={stateLine(row, language, 0)} />
  )
}

/** A file whose account cannot act does not wait for its turn alone. */
function QueuedWords({ row, language }: StateWordsProps) {
  const t = useText()
  const [inUse] = useApp().accounts.accounts
  const identity = row.account ?? inUse?.identity
  const error = useLive(({ accounts, engine }) =>
    engine.kind === 'no-account'
      ? 'none'
      : accounts.troubles.find((each) => each.identity === identity)?.error,
  )
  const rest = useLive(({ engine }) => engine)
  if (error === undefined) {
    const held = rest && whyAllWait(rest, language)
    if (held !== undefined) {
      const words = { state: say('state.queued'), reason: held }
      return <Words row={row} text={say('stateLine.withReason', words)} />
    }
    return <Words row={row} text={stateLine(row, language, Date.now())} />
  }
  const reason =
    error === 'none' ? t('queuedNoAccount') : explain(error, language, { final: true }).message
  return (
    <span className="state tone-attention" title={reason}>
      <Icon name="alert" />
      <span className="state-text">{t('queuedBlocked', { reason })}</span>
    </span>
  )
}

/** Returns why no queued file goes at present; undefined when they go. */
function whyAllWait(engine: LiveState['engine'], language: Language): string | undefined {
  if (engine.kind === 'offline') return t(language, 'wait.network')
  return engine.pausedBy === undefined ? undefined : pausedWords(engine, language, Date.now())
}

function TickingWords({ row, language }: StateWordsProps) {
  return <Words row={row} text={stateLine(row, language, useNow(1_000))} />
}

function Words({ row, text }: { readonly row: TransferRow; readonly text: string }) {
  const icon = STATE_ICONS[row.state.kind]
  return (
    <span className={`state tone-${toneOf(row.state.kind)}`} title={text}>
      {icon && <Icon name={icon} />}
      <span className="state-text">{text}</span>
    </span>
  )
}

function folderOf(row: TransferRow): string {
  return row.path.slice(0, Math.max(1, row.path.length - lastName(row.path).length - 1))
}

function lastName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** The name of a row's destination, with the folders in it. */
export function destinationOf(row: TransferRow, language: Language): string {
  return placeWords(row.destinationName, language, foldersOf(row))
}

/** The same as a hint. */
export function destinationHint(row: TransferRow, language: Language): string {
  return placeHint(row.destinationName, language, foldersOf(row))
}

function foldersOf({ destination, remoteFolders }: TransferRow): readonly string[] {
  return destination.kind === 'folder' ? remoteFolders : []
}

/** Returns the path of the file; where a browser sent it, that it did. */
export function placeOf({ isFromBrowser, path }: TransferRow): string {
  return isFromBrowser ? say('fromBrowser') : path
}
