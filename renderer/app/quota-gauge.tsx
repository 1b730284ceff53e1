import { useEffect, useRef, useState } from 'react'
import { formatCount } from '#shared/text/numbers.ts'
import { useLive } from '../data/live.ts'
import { useText } from '../data/text.ts'
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
  const place = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!isOpen) return
    const onPointer = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Node)) setIsOpen(false)
    }
    addEventListener('pointerdown', onPointer)
    return () => removeEventListener('pointerdown', onPointer)
  }, [isOpen])

  const limit = quota?.limit ?? 0
  const known = left ?? quota?.left ?? null
  const share = known === null || limit === 0 ? 1 : Math.min(1, known / limit)
  const label = known === null ? t('quotaUnknown') : t('quotaShort', { left: known })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the card from wherever in it
    <div
      ref={place}
      className="gauge-place"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setIsOpen(false)
      }}
    >
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
      {isOpen && quota !== undefined && (
        <div className="quota-pop">
          <QuotaCard quota={quota} />
        </div>
      )}
    </div>
  )
}
