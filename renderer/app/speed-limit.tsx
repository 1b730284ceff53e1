import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { formatDuration } from '#shared/text/format.ts'
import { formatSpeed } from '#shared/text/numbers.ts'
import { useApp } from '../data/app.ts'
import { bridge } from '../data/bridge.ts'
import { useLive } from '../data/live.ts'
import { useLanguage, useText } from '../data/text.ts'
import { AmountField } from '../screens/settings/amount-field.tsx'
import { LockedNote } from '../screens/settings/locked-note.tsx'
import { setSettings } from '../screens/settings/set-settings.ts'
import { BarChart } from '../ui/bar-chart.tsx'
import { Icon } from '../ui/icon.tsx'
import { PopUp } from '../ui/pop-up.tsx'
import { Segments } from '../ui/segments.tsx'

const KIB = 1_024
const MIB = 1_024 * KIB
export const SPEED_PRESETS = [512 * KIB, MIB, 2 * MIB, 5 * MIB, 10 * MIB]
const OFF = 'off'
const LEAST_BYTES = 10_000
/** From this part of the limit on, the limit is what sets the speed. */
const BINDS_FROM = 0.85
/** A screen reader is told one number for so many samples. */
const SAMPLES_A_ROW = 30

type Recent = RequestOutput<'speed.recent'>

/** The speed limit, within reach: what it is, whether it is what slows things down, and the last minutes. */
export function SpeedLimit() {
  const t = useText()
  const { settings, info } = useApp()
  const limit = settings.bandwidthBytesPerSecond
  const isLocked = info.policy?.locked.includes('bandwidthBytesPerSecond') ?? false
  const speed = useLive(({ overall }) => overall.bytesPerSecond) ?? 0
  const [isOpen, setIsOpen] = useState(false)
  const binds = limit !== null && speed >= BINDS_FROM * limit
  const words = limit === null ? t('unlimited') : formatSpeed(limit)
  const label = `${t('bandwidth')}: ${words}${binds ? ` · ${t('limitBinds')}` : ''}`
  return (
    <PopUp
      isOpen={isOpen}
      onClose={() => setIsOpen(false)}
      button={
        <button
          type="button"
          className={binds ? 'gauge scarce' : 'gauge'}
          aria-label={label}
          aria-expanded={isOpen}
          title={label}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon name="gauge" />
          {limit !== null && <span className="num">{words}</span>}
        </button>
      }
    >
      <section className="speed-card" aria-label={t('bandwidth')}>
        <h2>{t('bandwidth')}</h2>
        {isLocked ? <LockedNote /> : <LimitFields limit={limit} />}
        {binds && <p className="field-note">{t('limitBindsNote')}</p>}
        <SpeedChart limit={limit} />
      </section>
    </PopUp>
  )
}

/** The usual limits, and one of the person's own. */
function LimitFields({ limit }: { readonly limit: number | null }) {
  const t = useText()
  return (
    <>
      <Segments
        label={t('bandwidth')}
        value={limit === null ? OFF : String(limit)}
        options={[
          { value: OFF, label: t('limitOff') },
          ...SPEED_PRESETS.map((bytes) => ({ value: String(bytes), label: formatSpeed(bytes) })),
        ]}
        onChange={(value) =>
          setSettings({ bandwidthBytesPerSecond: value === OFF ? null : Number(value) })
        }
      />
      <div className="speed-own">
        <span>{t('limitOwn')}</span>
        <AmountField
          label={t('limitOwn')}
          value={limit}
          unit="KB/s"
          unitBytes={KIB}
          leastBytes={LEAST_BYTES}
          placeholder={t('unlimited')}
          rule={t('bandwidthTooLow')}
          onSave={(bytes) => setSettings({ bandwidthBytesPerSecond: bytes })}
        />
      </div>
    </>
  )
}

/** The speed of the last minutes, kept by the host. */
function SpeedChart({ limit }: { readonly limit: number | null }) {
  const t = useText()
  const language = useLanguage()
  const [recent, setRecent] = useState<Recent>()
  const everyMs = recent?.everyMs ?? 2_000
  useEffect(() => {
    const ask = () => {
      void bridge.request('speed.recent', {}).then((answer) => {
        if (answer.ok) setRecent(answer.value)
      })
    }
    ask()
    const timer = setInterval(ask, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  if (recent === undefined) return null
  const { samples } = recent
  const bars = samples.map((value, index) => {
    const time = formatDuration((samples.length - index) * everyMs, language)
    return { label: t('timeAgo', { time }), value }
  })
  return (
    <BarChart
      title={t('speedLately', { time: formatDuration(bars.length * everyMs, language) })}
      labels={t('when')}
      bars={bars}
      rows={bars.filter((_, index) => (bars.length - index) % SAMPLES_A_ROW === 0)}
      format={formatSpeed}
      // A limit far above would leave nothing to see.
      line={limit !== null && Math.max(...samples) * 3 >= limit ? limit : undefined}
    />
  )
}
