import type { LockedSetting } from '#shared/model/policy.ts'
import { SINGLE_CALL_LIMIT_BYTES } from '#shared/transfer/plan-parts.ts'
import { DAILY_CALLS } from '#shared/transfer/quota-day.ts'
import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { QuotaCard, useQuota } from '../../ui/quota-card.tsx'
import { Select } from '../../ui/select.tsx'
import { AmountField } from './amount-field.tsx'
import { LimiterForm } from './limiter-form.tsx'
import { LockedNote } from './locked-note.tsx'
import { ScheduleFields } from './schedule-fields.tsx'
import type { SetSettings } from './set-settings.ts'
import { Section, Setting, SwitchSetting } from './setting.tsx'

const LANES = ['auto', 'serial', '2', '3', '4', '6', '8'] as const
const CLEAR_DAYS = [1, 7, 30, 90]
/** Stands for no number of days. */
const NEVER = 0
const KIB = 1_024
const MIB = 1_024 * KIB
const LEAST_BANDWIDTH = 10_000

export function TransfersSection({ onSet }: { readonly onSet: SetSettings }) {
  const t = useText()
  const { settings, info } = useApp()
  const { bandwidthBytesPerSecond, singleCallLimitBytes, lanes, limits, schedule } = settings
  const { clearFinishedAfterDays } = settings
  const quota = useQuota()
  const laneWords = { auto: t('lanesAuto'), serial: t('lanesSerial') }
  const isLocked = (name: LockedSetting) => info.policy?.locked.includes(name) ?? false
  const noteOf = (name: LockedSetting, note: string) => (isLocked(name) ? <LockedNote /> : note)
  const known = LANES.map(String)
  return (
    <Section id="transfers" title={t('transfers')}>
      <Setting name={t('bandwidth')} note={noteOf('bandwidthBytesPerSecond', t('bandwidthNote'))}>
        <AmountField
          label={t('bandwidth')}
          value={bandwidthBytesPerSecond}
          unit="KB/s"
          unitBytes={KIB}
          leastBytes={LEAST_BANDWIDTH}
          placeholder={t('unlimited')}
          rule={t('bandwidthTooLow')}
          isLocked={isLocked('bandwidthBytesPerSecond')}
          onSave={(bytes) => onSet({ bandwidthBytesPerSecond: bytes })}
        />
      </Setting>
      <ScheduleFields schedule={schedule} onSave={(next) => onSet({ schedule: next })} />
      {info.capabilities.battery && (
        <SwitchSetting
          name={t('pauseOnBattery')}
          note={t('pauseOnBatteryNote')}
          isOn={settings.pauseOnBattery}
          onChange={(isOn) => onSet({ pauseOnBattery: isOn })}
        />
      )}
      {info.knowsMetered && (
        <SwitchSetting
          name={t('pauseOnMetered')}
          note={t('pauseOnMeteredNote')}
          isOn={settings.pauseOnMetered}
          onChange={(isOn) => onSet({ pauseOnMetered: isOn })}
        />
      )}
      <Setting name={t('lanes')} note={t('lanesNote')}>
        <Select
          aria-label={t('lanes')}
          value={String(lanes)}
          options={[...known, ...(known.includes(String(lanes)) ? [] : [String(lanes)])].map(
            (value) => ({
              value,
              label:
                value === 'auto' || value === 'serial'
                  ? laneWords[value]
                  : t('lanesUpTo', { n: value }),
            }),
          )}
          onChange={(value) =>
            onSet({ lanes: value === 'auto' || value === 'serial' ? value : Number(value) })
          }
        />
      </Setting>
      <Setting name={t('singleCall')} note={t('singleCallNote')}>
        <AmountField
          label={t('singleCall')}
          value={singleCallLimitBytes === 'auto' ? null : singleCallLimitBytes}
          unit="MB"
          unitBytes={MIB}
          leastBytes={0}
          mostBytes={SINGLE_CALL_LIMIT_BYTES}
          placeholder={t('lanesAuto')}
          rule={t('singleCallRule')}
          onSave={(bytes) => onSet({ singleCallLimitBytes: bytes ?? 'auto' })}
        />
      </Setting>
      <Setting name={t('clearFinishedAfter')} note={t('clearFinishedNote')}>
        <Select
          aria-label={t('clearFinishedAfter')}
          value={String(clearFinishedAfterDays ?? NEVER)}
          options={[...new Set([...CLEAR_DAYS, clearFinishedAfterDays ?? NEVER, NEVER])].map(
            (days) => ({
              value: String(days),
              label: days === NEVER ? t('clearNever') : t('clearAfterDays', { count: days }),
            }),
          )}
          onChange={(days) =>
            onSet({ clearFinishedAfterDays: Number(days) === NEVER ? null : Number(days) })
          }
        />
      </Setting>
      <Setting name={t('callsPerDay')} note={noteOf('callsPerDay', t('callsPerDayNote'))}>
        <AmountField
          label={t('callsPerDay')}
          value={limits.callsPerDay}
          unit={t('callsPerDayUnit')}
          unitBytes={1}
          leastBytes={100}
          mostBytes={DAILY_CALLS}
          placeholder={t('lanesAuto')}
          rule={t('callsPerDayRule')}
          isLocked={isLocked('callsPerDay')}
          onSave={(callsPerDay) => onSet({ limits: { ...limits, callsPerDay } })}
        />
      </Setting>
      <LimiterForm />
      {quota !== undefined && (
        <div className="settings-quota">
          <QuotaCard quota={quota} />
        </div>
      )}
    </Section>
  )
}
