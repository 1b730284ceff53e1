import type { AppSettings } from '#shared/contract/settings-schema.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { SwitchSetting } from './setting.tsx'
import { TimeField } from './time-field.tsx'

type Schedule = NonNullable<AppSettings['schedule']>

const EVENING: Schedule = { from: '19:00', until: '08:00', days: [0, 1, 2, 3, 4, 5, 6] }
/** A week as it is written in both languages: Monday leads. */
const WEEK = [1, 2, 3, 4, 5, 6, 0]
/** Any Sunday. */
const A_SUNDAY_MS = Date.UTC(2024, 0, 7)
const DAY_MS = 86_400_000

interface ScheduleFieldsProps {
  readonly schedule: Schedule | null
  readonly onSave: (schedule: Schedule | null) => void
}

/** Uploads only between two times of day, on some days. */
export function ScheduleFields({ schedule, onSave }: ScheduleFieldsProps) {
  const t = useText()
  const language = useLanguage()
  const names = new Intl.DateTimeFormat(language, { weekday: 'narrow', timeZone: 'UTC' })
  const fullNames = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  return (
    <>
      <SwitchSetting
        name={t('schedule')}
        note={t('scheduleNote')}
        isOn={schedule !== null}
        onChange={(isOn) => onSave(isOn ? EVENING : null)}
      />
      {schedule !== null && (
        <div className="schedule">
          <TimeField
            label={t('scheduleFrom')}
            value={schedule.from}
            onSave={(from) => onSave({ ...schedule, from })}
          />
          <TimeField
            label={t('scheduleUntil')}
            value={schedule.until}
            onSave={(until) => onSave({ ...schedule, until })}
          />
          <fieldset className="days">
            <legend className="only-read">{t('scheduleDays')}</legend>
            {WEEK.map((day) => (
              <label key={day} className="day">
                <input
                  type="checkbox"
                  checked={schedule.days.includes(day)}
                  aria-label={fullNames.format(A_SUNDAY_MS + day * DAY_MS)}
                  onChange={() => onSave({ ...schedule, days: toggledDay(schedule.days, day) })}
                />
                <span aria-hidden="true">{names.format(A_SUNDAY_MS + day * DAY_MS)}</span>
              </label>
            ))}
          </fieldset>
        </div>
      )}
    </>
  )
}

function toggledDay(days: readonly number[], day: number): number[] {
  return days.includes(day) ? days.filter((each) => each !== day) : [...days, day].sort()
}
