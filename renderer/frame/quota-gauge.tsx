import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestOutput } from '#shared/ipc/contract.ts'
import { bridge } from '../bridge/bridge.ts'
import { useLanguage } from '../state/app.ts'
import { useLive } from '../state/live.ts'
import { formatCount, formatMoment } from '../ui/format.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'

type Quota = RequestOutput<'quota.today'>

const RADIUS = 8
const AROUND = 2 * Math.PI * RADIUS
/** Below this share the ring asks for a look. */
const SCARCE = 0.1

/** A thin ring of the calls left today; it opens a card with the whole account. */
export function QuotaGauge() {
  const { t } = useTranslation()
  const language = useLanguage()
  const left = useLive((live) => live.callsLeft) ?? null
  const [quota, setQuota] = useState<Quota>()
  const [isOpen, setIsOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew whenever it is opened
  useEffect(() => {
    void bridge.request('quota.today', {}).then((answer) => {
      if (answer.ok) setQuota(answer.value)
    })
  }, [isOpen])

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
  const label =
    known === null ? t('quotaUnknown') : t('quotaShort', { left: formatCount(known, language) })
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
        <span className="num gauge-number">
          {known === null ? '–' : formatCount(known, language)}
        </span>
      </button>
      {isOpen && quota !== undefined && <QuotaCard quota={quota} />}
    </div>
  )
}

function QuotaCard({ quota }: { readonly quota: Quota }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section className="quota-card" aria-label={t('quota')}>
      <h2>{t('quota')}</h2>
      <ul>
        {quota.endpoints.map(({ endpoint, used, left, limit }) => (
          <li key={endpoint}>
            <div className="quota-row">
              <span>{endpointName(endpoint)}</span>
              <span className="num quiet small">
                {t('quotaUsed', { used: formatCount(used, language) })} ·{' '}
                {t('quotaLeft', { left: formatCount(left, language) })}
              </span>
            </div>
            <ProgressBar
              label={endpointName(endpoint)}
              share={limit > 0 ? used / limit : 0}
              tone="still"
            />
          </li>
        ))}
      </ul>
      {quota.needed > 0 && (
        <p className="small">
          {quota.needed <= quota.left
            ? t('quotaEnough', { needed: formatCount(quota.needed, language) })
            : t('quotaShortage', {
                needed: formatCount(quota.needed, language),
                left: formatCount(quota.left, language),
              })}
        </p>
      )}
      <p className="small quiet">
        {t('quotaResets', { time: formatMoment(quota.resetsAtMs, language) })} {t('quotaExplained')}
      </p>
    </section>
  )

  function endpointName(endpoint: string): string {
    const key = ENDPOINT_WORDS[endpoint.split(/[./]/).at(-1) ?? '']
    return key === undefined ? endpoint : t(key)
  }
}

const ENDPOINT_WORDS: Readonly<
  Record<string, 'endpointAll' | 'endpointPrepare' | 'endpointPart' | 'endpointFinish'>
> = {
  upload_all: 'endpointAll',
  upload_prepare: 'endpointPrepare',
  upload_part: 'endpointPart',
  upload_finish: 'endpointFinish',
}
