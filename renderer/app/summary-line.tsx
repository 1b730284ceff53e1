import { summaryOf } from '#shared/text/summary.ts'
import { percentOf } from '#shared/transfer/work-size.ts'
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
  const { facts, reading, fall, attention, bar, share } = summaryOf(live, language, Date.now())
  const isAtWork = bar === 'active' || bar === 'still'
  return (
    <section className="summary" aria-label={t('overallProgress')}>
      <p className="summary-text num">
        <span>{facts.join(' · ')}</span>
        {reading !== undefined && <span className="quiet">{reading}</span>}
        {fall !== undefined && <span className="quiet">{fall}</span>}
        {attention !== undefined && <span className="summary-attention">{attention}</span>}
        {isAtWork && <span className="summary-percent">{percentOf(share)}%</span>}
      </p>
      {bar !== 'none' && (
        <ProgressBar
          // A new round is no fall of the one before.
          key={live.overall.round}
          label={t('overallProgress')}
          share={share}
          tone={bar === 'active' ? undefined : bar}
        />
      )}
    </section>
  )
}
