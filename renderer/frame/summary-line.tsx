import { useTranslation } from 'react-i18next'
import type { LiveState } from '#shared/ipc/live-state.ts'
import { useLanguage } from '../state/app.ts'
import { useLive } from '../state/live.ts'
import { formatBytes, formatCount, formatMoment, formatSpeed } from '../ui/format.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'

/** Is everything all right, what is it doing, when will it be done, is there something to do. */
export function SummaryLine() {
  const { t } = useTranslation()
  const language = useLanguage()
  const overall = useLive((live) => live.overall)
  const counts = useLive((live) => live.counts)
  const engine = useLive((live) => live.engine)
  const adding = useLive((live) => live.adding)
  if (overall === undefined || counts === undefined || engine === undefined) {
    return <div className="summary" />
  }
  if (counts.byTab.all === 0 && adding?.length === 0) return null
  const { doneFiles, totalFiles, sentBytes, totalBytes, bytesPerSecond, eta } = overall
  const attention = counts.byTab.attention
  const isAllDone = totalFiles === doneFiles
  const share = totalBytes > 0 ? sentBytes / totalBytes : isAllDone ? 1 : 0
  const beingRead = (adding ?? []).reduce((sum, each) => sum + each.queued, 0)

  const facts: string[] = []
  if (isAllDone) {
    facts.push(
      engine.kind === 'paused' ? t('allPaused') : attention > 0 ? t('nothingMoves') : t('allIsUp'),
    )
    if (totalFiles > 0) facts.push(t('summaryFiles', filesOf(doneFiles, totalFiles)))
  } else {
    if (engine.kind === 'paused') facts.push(t('allPaused'))
    facts.push(t('summaryFiles', filesOf(doneFiles, totalFiles)))
    facts.push(t('summaryBytes', { sent: formatBytes(sentBytes), total: formatBytes(totalBytes) }))
    if (bytesPerSecond > 0) facts.push(formatSpeed(bytesPerSecond))
    facts.push(...etaWords(eta))
  }
  return (
    <section className="summary" aria-label={t('overallProgress')}>
      <p className="summary-text num">
        <span>{facts.join(' · ')}</span>
        {adding !== undefined && adding.length > 0 && (
          <span className="quiet">
            {t('addingFolder', { shown: formatCount(beingRead, language) })}
          </span>
        )}
        {attention > 0 && (
          <span className="summary-attention">
            {t('needsYouCount', { count: attention, shown: formatCount(attention, language) })}
          </span>
        )}
        {!isAllDone && <span className="summary-percent">{Math.floor(share * 100)}%</span>}
      </p>
      <ProgressBar
        label={t('overallProgress')}
        share={share}
        tone={isAllDone ? 'done' : engine.kind === 'working' ? undefined : 'still'}
      />
    </section>
  )

  function filesOf(done: number, total: number) {
    return {
      count: total,
      done: formatCount(done, language),
      total: formatCount(total, language),
    }
  }

  function etaWords(when: LiveState['overall']['eta']): string[] {
    if (when.kind === 'calculating') return [t('summaryCalculating')]
    if (when.kind !== 'at') return []
    const time = formatMoment(when.atMs, language)
    return [when.quotaDays > 0 ? t('summaryDoneAtQuota', { time }) : t('summaryDoneAt', { time })]
  }
}
