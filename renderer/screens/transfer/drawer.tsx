import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { QueueAction } from '#shared/contract/queue-channels.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'
import { formatDuration, formatMoment } from '#shared/text/format.ts'
import { formatBytes, formatCount, formatSpeed } from '#shared/text/numbers.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { useNow } from '../../data/clock.ts'
import { liveState, onLiveEvent } from '../../data/live.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { copyText, openLink } from '../../ui/feedback.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Thumbnail } from '../../ui/thumbnail.tsx'
import { destinationIcon } from '../destination/kind-words.ts'
import { askToLook } from '../look/look-request.ts'
import { AskBeforeCancel } from '../queue/ask-before-cancel.tsx'
import { destinationOf, placeOf, StateWords } from '../queue/queue-row.tsx'
import {
  type AtStake,
  act,
  atStake,
  forgetFiles,
  makesSense,
  retryWords,
  saveReceipt,
  showInFolder,
} from '../queue/row-actions.ts'
import { shareOf } from '../queue/state-line.ts'
import { FailureCard } from './failure-card.tsx'
import { PartMap } from './part-map.tsx'
import { Timeline } from './timeline.tsx'
import { Verification } from './verification.tsx'
import './drawer.css'

type Details = RequestOutput<'transfer.details'>

/** Parts and timeline are asked for again when the transfer has moved, at most this often. */
const ASK_EVERY_MS = 500

interface DrawerProps {
  readonly id: string
  readonly onClose: () => void
  readonly onAccount: () => void
  readonly onNetwork: () => void
  readonly onElsewhere: (row: TransferRow) => void
  readonly onFind: (row: TransferRow) => void
}

/** Shows the full details of one transfer, beside the list. */
export function Drawer({ id, onClose, ...remedies }: DrawerProps) {
  const t = useText()
  const { details, isGone } = useDetails(id)
  const panel = useRef<HTMLElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another transfer begins at its top
  useEffect(() => {
    panel.current?.scrollTo(0, 0)
  }, [id])

  return (
    <aside ref={panel} className="drawer" aria-label={t('transferDetails')}>
      <IconButton className="drawer-close" icon="close" label={t('close')} onClick={onClose} />
      {details !== undefined && <Contents details={details} {...remedies} />}
      {isGone && <p className="quiet drawer-gone">{t('transferGone')}</p>}
    </aside>
  )
}

function useDetails(id: string): { details: Details | undefined; isGone: boolean } {
  const [details, setDetails] = useState<Details>()
  const [isGone, setIsGone] = useState(false)
  useEffect(() => {
    let closed = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let isAsking = false
    /** It has moved since it was asked about. */
    let isStale = false
    const ask = async () => {
      timer = undefined
      isAsking = true
      isStale = false
      const answer = await bridge.request('transfer.details', { id })
      isAsking = false
      if (closed) return
      if (isStale) askSoon()
      if (answer.ok) setDetails(answer.value)
      setIsGone(!answer.ok && answer.error.code !== 'app-gone')
    }
    const askSoon = () => {
      if (isAsking) isStale = true
      else timer ??= setTimeout(() => void ask(), ASK_EVERY_MS)
    }
    setDetails(undefined)
    setIsGone(false)
    void ask()
    const stop = onLiveEvent((event) => {
      if (event.kind === 'snapshot' || event.patch.revision !== undefined) askSoon()
      else if (event.patch.rows?.some((row) => row.id === id)) askSoon()
    })
    return () => {
      closed = true
      clearTimeout(timer)
      stop()
    }
  }, [id])
  const row = details && (liveState()?.rows[id] ?? details.row)
  return { details: details && row && { ...details, row }, isGone }
}

interface ContentsProps extends Omit<DrawerProps, 'id' | 'onClose'> {
  readonly details: Details
}

function Contents({ details, ...remedies }: ContentsProps) {
  const t = useText()
  const language = useLanguage()
  const { row, parts, timeline, omitted, error } = details
  const isDone = row.state.kind === 'done'
  return (
    <>
      <header className="drawer-head">
        <Thumbnail id={row.id} name={row.fileName} />
        <div>
          <h2>{row.fileName}</h2>
          <p className="quiet small drawer-destination">
            <Icon name={destinationIcon(row.destination.kind)} />
            {details.destinationLink === null ? (
              destinationOf(row, language)
            ) : (
              <a href={details.destinationLink} target="_blank" rel="noreferrer">
                {destinationOf(row, language)}
              </a>
            )}
          </p>
        </div>
      </header>

      <div className="drawer-progress">
        <div className="drawer-state">
          <StateWords row={row} language={language} />
          <span className="num quiet small">
            {isDone
              ? formatBytes(row.sizeBytes)
              : t('ofSize', {
                  sent: formatBytes(row.movedBytes),
                  total: formatBytes(row.sizeBytes),
                })}
            {row.bytesPerSecond > 0 && ` · ${formatSpeed(row.bytesPerSecond)}`}
          </span>
        </div>
        {row.state.kind !== 'skipped' && (
          <ProgressBar
            label={t('transferOf', { name: row.fileName })}
            share={shareOf(row)}
            tone={isDone ? 'done' : row.state.kind === 'failed' ? 'failed' : undefined}
          />
        )}
      </div>

      <Actions row={row} hasCard={error !== null} />
      {error !== null && (
        <FailureCard
          row={row}
          error={error}
          isTriedAtStart={details.isTriedAtStart}
          {...remedies}
        />
      )}

      <section className="drawer-section">
        <h3>{t('parts')}</h3>
        {parts === null ? (
          <p className="quiet small">
            {t(isDone ? 'inOneCall' : row.state.kind === 'cancelled' ? 'noPartsKept' : 'notBegun')}
          </p>
        ) : (
          <>
            <PartMap id={row.id} parts={parts} sizeBytes={row.sizeBytes} isDone={isDone} />
            <Legend />
          </>
        )}
        {details.transaction !== null && !isDone && (
          <TransactionLife expiresAtMs={details.transaction.expiresAtMs} />
        )}
      </section>

      <section className="drawer-section">
        <h3>{t('timeline')}</h3>
        <Timeline entries={timeline} omitted={omitted} />
      </section>

      {details.receipt !== null && <Verification key={row.id} id={row.id} />}

      <Technical details={details} />
    </>
  )
}

const BUTTONS = [
  ['pause', 'pause', 'pause'],
  ['resume', 'resume', 'play'],
  ['retry', 'retry', 'retry'],
  ['to-top', 'toTop', 'top'],
  ['cancel', 'cancelUpload', 'close'],
] as const satisfies readonly (readonly [QueueAction, string, IconName])[]

function Actions({ row, hasCard }: { readonly row: TransferRow; readonly hasCard: boolean }) {
  const t = useText()
  const { info } = useApp()
  const [asking, setAsking] = useState<AtStake>()
  const go = (action: QueueAction) => {
    const selection = { ids: [row.id] }
    void atStake(action, selection).then((stake) => {
      if (stake === undefined) void act(action, selection)
      else setAsking(stake)
    })
  }
  const { link } = row
  return (
    <div
      className="drawer-actions"
      role="toolbar"
      aria-label={t('rowActions', { name: row.fileName })}
    >
      {link !== null && (
        <>
          <Button size="small" kind="primary" icon="external" onClick={() => openLink(link)}>
            {t('openInFeishu')}
          </Button>
          <Button size="small" icon="link" onClick={() => void copyText(link)}>
            {t('copyLink')}
          </Button>
        </>
      )}
      {BUTTONS.filter(
        // The card of a failure has the button that goes with its remedy.
        ([action]) => makesSense(action, row.state.kind) && !(hasCard && action === 'retry'),
      ).map(([action, words, icon]) => (
        <Button key={action} size="small" icon={icon} onClick={() => go(action)}>
          {t(words === 'retry' ? retryWords(row.state.kind) : words)}
        </Button>
      ))}
      {row.state.kind === 'done' && (
        <Button size="small" icon="download" onClick={() => void saveReceipt(row.id)}>
          {t('saveReceipt')}
        </Button>
      )}
      {row.state.kind === 'done' && (
        <Button size="small" icon="close" onClick={() => void forgetFiles([row])}>
          {t('forgetFile')}
        </Button>
      )}
      <Button size="small" icon="eye" onClick={() => askToLook(row.id)}>
        {t('quickLook')}
      </Button>
      {info.capabilities.reveal && (
        <Button size="small" icon="folder" onClick={() => void showInFolder(row.id)}>
          {t('showInFolder')}
        </Button>
      )}
      {asking !== undefined && (
        <AskBeforeCancel
          stake={asking}
          cancel={() => void act('cancel', { ids: [row.id] })}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  )
}

function Legend() {
  const t = useText()
  return (
    <p className="legend small quiet" aria-hidden="true">
      <span className="cell up" /> {t('legendUp')}
      <span className="cell in-flight" /> {t('legendInFlight')}
      <span className="cell to-do" /> {t('legendToDo')}
    </p>
  )
}

function TransactionLife({ expiresAtMs }: { readonly expiresAtMs: number }) {
  const t = useText()
  const language = useLanguage()
  const leftMs = expiresAtMs - useNow(10_000)
  return (
    <p className="small quiet transaction-life" title={t('timeLeftMargin')}>
      <Icon name="clock" />
      {leftMs > 0
        ? t('timeLeftOfDay', { time: formatDuration(leftMs, language) })
        : t('transactionOver')}
    </p>
  )
}

function Technical({ details }: { readonly details: Details }) {
  const t = useText()
  const language = useLanguage()
  const { row, transaction, fingerprint, receipt } = details
  const { accounts } = useApp().accounts
  const accountName =
    accounts.length > 1
      ? (accounts.find(({ identity }) => identity === row.account) ?? accounts[0])?.name
      : undefined
  return (
    <details className="drawer-section technical">
      <summary>{t('technicalDetails')}</summary>
      <dl className="facts small">
        <Fact name={t('path')}>{placeOf(row)}</Fact>
        {accountName !== undefined && <Fact name={t('account')}>{accountName}</Fact>}
        <Fact name={t('queuedAt')}>{formatMoment(row.queuedAtMs, language)}</Fact>
        {transaction !== null && (
          <>
            <Fact name={t('transactionId')}>{transaction.uploadId}</Fact>
            <Fact name={t('transactionBegan')}>
              {formatMoment(transaction.preparedAtMs, language)}
            </Fact>
          </>
        )}
        {fingerprint !== null && (
          <>
            <Fact name={t('modified')}>
              {formatMoment(Number(BigInt(fingerprint.mtimeNs) / 1_000_000n), language)}
            </Fact>
            <Fact name={t('fingerprint')}>
              {`inode ${fingerprint.ino} · ${fingerprint.sizeBytes} B · ${fingerprint.mtimeNs} ns`}
            </Fact>
          </>
        )}
        {receipt !== null && (
          <>
            <Fact name={t('finishedAt')}>{formatMoment(receipt.finishedAtMs, language)}</Fact>
            <Fact name={t('fileToken')}>{receipt.fileToken}</Fact>
            {receipt.contentHash !== null && (
              <Fact name={t('contentHash')}>{receipt.contentHash}</Fact>
            )}
            {receipt.calls !== null && (
              <Fact name={t('callsMade')}>{formatCount(receipt.calls)}</Fact>
            )}
            <Fact name={t('partSize')}>{formatBytes(receipt.partBytes)}</Fact>
          </>
        )}
      </dl>
      {receipt !== null && receipt.checksums.length > 0 && (
        <>
          <h4 className="small">{t('checksums')}</h4>
          <ol className="checksums code">
            {receipt.checksums.slice(0, MOST_CHECKSUMS).map((checksum, seq) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its seq
              <li key={seq}>{checksum.toString(16).padStart(8, '0')}</li>
            ))}
          </ol>
          {receipt.partCount > MOST_CHECKSUMS && (
            <p className="small quiet">
              {t('moreChecksums', {
                count: receipt.partCount - MOST_CHECKSUMS,
              })}
            </p>
          )}
        </>
      )}
    </details>
  )
}

const MOST_CHECKSUMS = 60

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="code">{children}</dd>
    </div>
  )
}
