import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { formatMoment } from '#shared/text/format.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { type FileKind, fileKind } from '#shared/transfer/file-type.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLive } from '../../data/live.ts'
import { askForPicture } from '../../data/pictures/pictures.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { copyText, openLink } from '../../ui/feedback.ts'
import { FileIcon } from '../../ui/file-icon.tsx'
import { destinationOf, placeOf, StateWords } from '../queue/queue-row.tsx'
import { closeLook, isLookKey, lookAtNext, useLookRequest } from './look-request.ts'
import './look.css'

type Look = RequestOutput<'transfer.look'>

/** A file of the queue or the history to look at, wherever it was asked for. */
export function QuickLook() {
  const id = useLookRequest()
  return id === undefined ? null : <LookDialog id={id} />
}

function LookDialog({ id }: { readonly id: string }) {
  const t = useText()
  const [answer, setAnswer] = useState<{ look?: Look; failed?: string }>({})
  const language = useLanguage()
  useEffect(() => {
    let isOver = false
    // The file before stays in sight until this one is here.
    void bridge.request('transfer.look', { id }).then((answered) => {
      if (isOver) return
      if (answered.ok) setAnswer({ look: answered.value })
      else setAnswer({ failed: errorText(answered.error, language) })
    })
    return () => {
      isOver = true
    }
  }, [id, language])

  const { look, failed } = answer
  const link = look?.row.link ?? null
  return (
    <Dialog
      title={look?.row.fileName ?? t('quickLook')}
      onClose={closeLook}
      onKey={(event) => {
        const by = stepOf(event)
        if (by === undefined && !isLookKey(event)) return
        event.preventDefault()
        if (by === undefined) closeLook()
        else lookAtNext(by)
      }}
      wide
      foot={
        <>
          {link !== null && (
            <>
              <Button icon="external" onClick={() => openLink(link)}>
                {t('openInFeishu')}
              </Button>
              <Button icon="link" onClick={() => void copyText(link)}>
                {t('copyLink')}
              </Button>
            </>
          )}
          <Button onClick={closeLook}>{t('close')}</Button>
        </>
      }
    >
      <div className="look">
        {failed !== undefined && <p className="look-none">{failed}</p>}
        {look !== undefined && <Content key={look.row.id} look={look} />}
        {look !== undefined && <Facts look={look} />}
      </div>
    </Dialog>
  )
}

/** Arrows lead to the next file, but for those that scroll a text. */
function stepOf({ key, target }: KeyboardEvent): 1 | -1 | undefined {
  const isInText = (target as Element).closest('.look-text') !== null
  if (key === 'ArrowRight' || (key === 'ArrowDown' && !isInText)) return 1
  if (key === 'ArrowLeft' || (key === 'ArrowUp' && !isInText)) return -1
  return undefined
}

function Content({ look }: { readonly look: Look }) {
  const t = useText()
  const { row, preview, reason, error, text, isCut } = look
  switch (preview) {
    case 'picture':
      return <Picture look={look} />
    case 'text':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <section className="look-text" tabIndex={0} aria-label={row.fileName}>
          <pre>{text}</pre>
          {isCut && <p className="small quiet">{t('lookCut')}</p>}
        </section>
      )
    case 'none':
      return (
        <Nothing name={row.fileName}>
          {error !== null ? errorText(error) : t(reason === null ? 'lookNone' : REASONS[reason])}
        </Nothing>
      )
  }
}

const REASONS = {
  'in-cloud': 'lookInCloud',
  'too-large': 'lookTooLarge',
  sensitive: 'lookSensitive',
} as const satisfies Record<NonNullable<Look['reason']>, string>

interface NothingProps {
  readonly name: string
  readonly children: ReactNode
}

function Nothing({ name, children }: NothingProps) {
  return (
    <div className="look-none">
      <FileIcon name={name} />
      <p className="quiet">{children}</p>
    </div>
  )
}

function Picture({ look: { row } }: { readonly look: Look }) {
  const t = useText()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [bitmap, setBitmap] = useState<ImageBitmap | null>()
  useEffect(() => askForPicture(row.id, setBitmap), [row.id])
  useLayoutEffect(() => {
    if (!bitmap) return
    canvas.current?.getContext('2d')?.drawImage(bitmap, 0, 0)
    return () => bitmap.close()
  }, [bitmap])
  if (bitmap === null) return <Nothing name={row.fileName}>{t('lookBroken')}</Nothing>
  if (bitmap === undefined) {
    return (
      <div className="look-none" role="status">
        <span className="spinner" />
        <span className="only-read">{t('loading')}</span>
      </div>
    )
  }
  return (
    <canvas
      ref={canvas}
      className="look-picture"
      width={bitmap.width}
      height={bitmap.height}
      role="img"
      aria-label={row.fileName}
    />
  )
}

const TYPES = {
  video: 'kindVideo',
  image: 'kindImage',
  audio: 'kindAudio',
  document: 'kindDocument',
  sheet: 'kindSheet',
  slides: 'kindSlides',
  pdf: 'kindPdf',
  archive: 'kindArchive',
  code: 'kindCode',
  other: 'kindOther',
} as const satisfies Record<FileKind, string>

function Facts({ look }: { readonly look: Look }) {
  const t = useText()
  const language = useLanguage()
  const row = useLive((live) => live.rows[look.row.id]) ?? look.row
  const type = t(TYPES[fileKind(row.fileName)])
  const ending = /\.([\p{L}\p{N}]{1,8})$/u.exec(row.fileName)?.[1]?.toUpperCase()
  return (
    <dl className="facts small look-facts">
      <Fact name={t('state')}>
        <StateWords row={row} language={language} />
      </Fact>
      <Fact name={t('fileTypeName')}>{ending === undefined ? type : `${type} · ${ending}`}</Fact>
      <Fact name={t('size')}>{formatBytes(look.sizeBytes ?? row.sizeBytes)}</Fact>
      {look.modifiedAtMs !== null && (
        <Fact name={t('modified')}>{formatMoment(look.modifiedAtMs, language)}</Fact>
      )}
      <Fact name={t('queuedAt')}>{formatMoment(row.queuedAtMs, language)}</Fact>
      <Fact name={t('destination')}>{destinationOf(row, language)}</Fact>
      <Fact name={t('path')}>{placeOf(row)}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
