import { useState } from 'react'
import { formatCount } from '#shared/text/numbers.ts'
import { useLive } from '../data/live.ts'
import { useText } from '../data/text.ts'
import { PopUp } from '../ui/pop-up.tsx'
import { QuotaCard, useQuota } from '../ui/quota-card.tsx'

const RADIUS = 8
const AROUND = 2 * Math.PI * RADIUS
/** Below this share the ring asks for a look. */
const SCARCE = 0.1

/** A thin ring of the calls left today; it opens a card with the whole account. */
export function QuotaGauge() {
  const t = useText()
  const left = useLive((live) => live.callsLeft) ?? null
  const [isOpen, setIsOpen] = useState(false)
  const quota = useQuota(isOpen)
  const limit = quota?.limit ?? 0
  const known = left ?? quota?.left ?? null
  const share = known === null || limit === 0 ? 1 : Math.min(1, known / limit)
  const label = known === null ? t('quotaUnknown') : t('quotaShort', { left: known })
  return (
    <PopUp
      isOpen={isOpen && quota !== undefined}
      onClose={() => setIsOpen(false)}
      button={
        <button
          type="button"
          className={share < SCARCE ? 'gauge scarce' : 'gauge'}
          aria-label={label}
          aria-expanded={isOpen}
          title={label}
          onClick={() => setIsOpen(!isOpen)}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <circle className="gauge-track" cx="10" cy="10" r={RADIUS} />
            <circle
              className="gauge-left"
              cx="10"
              cy="10"
              r={RADIUS}
              strokeDasharray={`${AROUND * share} ${AROUND}`}
            />
          </svg>
          <span className="num gauge-number">{known === null ? '–' : formatCount(known)}</span>
        </button>
      }
    >
      {quota !== undefined && <QuotaCard quota={quota} />}
    </PopUp>
  )
}
