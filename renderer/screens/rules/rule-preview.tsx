import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import { describeLeftOut } from '#shared/text/describe.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { bridge } from '../../data/bridge.ts'
import { explainError } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { CheckLabel } from '../../ui/check-label.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { PreviewRule } from './rule-draft.ts'

type Found = RequestOutput<'rules.preview'>

/** Typing rests for so long before anything is counted. */
const ASK_AFTER_MS = 300
/** While the host is counting, it is asked so often how far it is. */
const AGAIN_AFTER_MS = 400
const PAGE = 50
const MOST_SHOWN = 200

interface RulePreviewProps {
  readonly rule: PreviewRule
  readonly onAllowSensitive: (isAllowed: boolean) => void
}

/** Previews the files that a rule would cover, counted while it is edited. */
export function RulePreview({ rule, onAllowSensitive }: RulePreviewProps) {
  const t = useText()
  const language = useLanguage()
  const [shown, setShown] = useState(PAGE)
  const { found, error, isAsking } = usePreview(rule, shown)
  if (rule.folder === '') return <p className="field-note">{t('previewNoFolder')}</p>
  if (error !== undefined) {
    return (
      <p className="field-note">
        {t('previewFailed', { why: explainError(error, language).message })}
      </p>
    )
  }
  if (found === undefined) {
    return (
      <p className="field-note verdict">
        <span className="spinner" /> {t('previewCounting')}
      </p>
    )
  }
  const { files, bytes, leftOutFiles, leftOutFolders, progress } = found
  const onMore = shown < MOST_SHOWN ? () => setShown(shown + PAGE) : undefined
  return (
    <div className="preview" data-stale={isAsking}>
      <p className="preview-figures" aria-live="polite">
        <span className="num preview-matches">
          {t('previewMatches', { files, total: files + leftOutFiles })}
        </span>
        <span className="num quiet">{formatBytes(bytes)}</span>
        {leftOutFolders > 0 && (
          <span className="quiet">{t('previewFolders', { count: leftOutFolders })}</span>
        )}
        {progress === 'counting' && (
          <span className="quiet verdict">
            <span className="spinner" /> {t('previewStillCounting')}
          </span>
        )}
        {progress === 'stopped' && <span className="quiet">{t('previewStopped')}</span>}
      </p>
      {(found.sensitiveFiles > 0 || rule.allowSensitive) && (
        <SensitiveQuestion
          found={found}
          isAllowed={rule.allowSensitive}
          onAllow={onAllowSensitive}
        />
      )}
      {found.listedChosen > 0 && (
        <PathList
          title={t('previewChosen')}
          total={files}
          listed={found.listedChosen}
          onMore={onMore}
          lines={found.chosen.map(({ path, sizeBytes }) => ({
            ...{ path, isFolder: false },
            note: formatBytes(sizeBytes),
          }))}
        />
      )}
      {found.listed > 0 && (
        <PathList
          title={t('previewLeftOut')}
          total={leftOutFiles + leftOutFolders}
          listed={found.listed}
          onMore={onMore}
          lines={found.leftOut.map(({ path, isFolder, why }) => ({
            ...{ path, isFolder },
            note: describeLeftOut(why, language),
          }))}
        />
      )}
    </div>
  )
}

interface SensitiveQuestionProps {
  readonly found: Found
  readonly isAllowed: boolean
  readonly onAllow: (isAllowed: boolean) => void
}

function SensitiveQuestion({ found, isAllowed, onAllow }: SensitiveQuestionProps) {
  const t = useText()
  const { sensitiveFiles, sensitive } = found
  const names = sensitive.join(', ') + (sensitiveFiles > sensitive.length ? ' …' : '')
  return (
    <div className="field">
      {sensitiveFiles > 0 && (
        <p className="field-note" role="status">
          {t('previewSensitive', {
            count: sensitiveFiles,
            names,
          })}
        </p>
      )}
      <CheckLabel isOn={isAllowed} onChange={(isOn) => onAllow(isOn)}>
        {t('ruleSensitive')}
      </CheckLabel>
    </div>
  )
}

interface PathListProps {
  readonly title: string
  readonly lines: readonly { path: string; isFolder: boolean; note: string }[]
  /** All that there are. */
  readonly total: number
  /** Those of them that can be listed. */
  readonly listed: number
  readonly onMore: (() => void) | undefined
}

function PathList({ title, lines, total, listed, onMore }: PathListProps) {
  const t = useText()
  const more = total - lines.length
  return (
    <details className="fold">
      <summary>{title}</summary>
      <ul className="left-out">
        {lines.map(({ path, isFolder, note }) => (
          <li key={path}>
            <Icon name={isFolder ? 'folder' : 'file'} />
            <span className="code cut" title={path}>
              {path}
            </span>
            <span className="quiet small num">{note}</span>
          </li>
        ))}
        {more > 0 && (
          <li>
            {onMore === undefined || lines.length >= listed ? (
              <span className="quiet small">{t('andMore', { count: more })}</span>
            ) : (
              <Button size="small" onClick={onMore}>
                {t('showMore')}
              </Button>
            )}
          </li>
        )}
      </ul>
    </details>
  )
}

let previews = 0

/** Asks when the rule has changed and then as long as the host is counting. */
function usePreview(rule: PreviewRule, limit: number) {
  const [previewId] = useState(() => `${Math.random().toString(36).slice(2)}-${++previews}`)
  const [found, setFound] = useState<Found>()
  const [error, setError] = useState<ErrorInfo>()
  const [isAsking, setIsAsking] = useState(false)
  const text = JSON.stringify(rule)

  useEffect(() => {
    const wanted = JSON.parse(text) as PreviewRule
    if (wanted.folder === '') return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isStale = false
    const ask = async () => {
      const answer = await bridge.request('rules.preview', {
        previewId,
        rule: wanted,
        offset: 0,
        limit,
      })
      if (isStale) return
      setIsAsking(false)
      setError(answer.ok ? undefined : answer.error)
      if (!answer.ok) return
      setFound(answer.value)
      if (answer.value.progress === 'counting') later(AGAIN_AFTER_MS)
    }
    const later = (ms: number) => {
      timer = setTimeout(() => void ask(), ms)
    }
    setIsAsking(true)
    later(ASK_AFTER_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [previewId, text, limit])

  return { found, error, isAsking }
}
