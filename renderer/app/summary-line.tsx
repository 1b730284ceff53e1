import { summaryOf } from '#shared/text/summary.ts'
import { useLive } from '../data/live.ts'
import { useLanguage, useText } from '../data/text.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'

/** Is everything all right, what is it doing, when will it be done, is there something to do. */
export function SummaryLine() {
  const t = useText()
  const language = useLanguage()
  const live = useLive((state) => state)
  if (live === undefined) return <div className="summary" />
  if (live.counts.byTab.all === 0 && live.adding.length === 0) return null
  const { facts, reading, attention, isAllDone, share } = summaryOf(live, language, Date.now())
  return (
    <section className="summary" aria-label={t('overallProgress')}>
      <p className="summary-text num">
        <span>{facts.join(' · ')}</span>
        {reading !== undefined && <span className="quiet">{reading}</span>}
        {attention !== undefined && <span className="summary-attention">{attention}</span>}
        {!isAllDone && <span className="summary-percent">{Math.floor(share * 100)}%</span>}
      </p>
      <ProgressBar
        label={t('overallProgress')}
        share={share}
        tone={isAllDone ? 'done' : live.engine.kind === 'working' ? undefined : 'still'}
      />
    </section>
  )
}
