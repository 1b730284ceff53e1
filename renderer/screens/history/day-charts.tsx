import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { formatBytes, formatCount } from '#shared/text/numbers.ts'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { BarChart } from '../../ui/bar-chart.tsx'

const DAYS = 30

type Days = RequestOutput<'history.days'>['days']

/** Bytes and calls of each day of the last month, folded until it is asked for. */
export function DayCharts() {
  const t = useText()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className="day-charts" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('chartsOfDays', { count: DAYS })}</summary>
      {isOpen && <Charts />}
    </details>
  )
}

function Charts() {
  const t = useText()
  const [days, setDays] = useState<Days>()
  useEffect(() => {
    void bridge.request('history.days', { days: DAYS }).then((answer) => {
      if (answer.ok) setDays(answer.value.days)
    })
  }, [])
  if (days === undefined) return <p className="field-note">{t('loading')}</p>
  return (
    <div className="day-charts-body">
      <BarChart
        title={t('bytesADay')}
        labels={t('day')}
        format={formatBytes}
        bars={days.map(({ day, bytes }) => ({ label: day, value: bytes }))}
      />
      <BarChart
        title={t('callsADay')}
        labels={t('day')}
        format={formatCount}
        bars={days.map(({ day, calls }) => ({ label: day, value: calls }))}
      />
    </div>
  )
}
