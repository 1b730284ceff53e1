import { useEffect, useId, useState } from 'react'
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import { formatWhen } from '#shared/text/format.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { bridge } from '../../data/bridge.ts'
import { explainError } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'

export type Forecast = RequestOutput<'queue.preview'>

/** Returns what adding these would do; undefined while that is counted, or cannot be. */
export function useForecast(
  asked: Omit<RequestInput<'queue.preview'>, 'previewId'> | undefined,
): Forecast | undefined {
  const previewId = useId()
  const [forecast, setForecast] = useState<Forecast>()
  const text = asked && JSON.stringify(asked)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for `asked`
  useEffect(() => {
    setForecast(undefined)
    if (asked === undefined) return
    let isCurrent = true
    void bridge.request('queue.preview', { ...asked, previewId }).then((answer) => {
      if (isCurrent && answer.ok) setForecast(answer.value)
    })
    return () => {
      isCurrent = false
    }
  }, [text, previewId])
  return forecast
}

/** Shows the files that will be uploaded, their cost, and those that stay here. */
export function ForecastNote({ forecast }: { readonly forecast: Forecast | undefined }) {
  const t = useText()
  const language = useLanguage()
  if (forecast === undefined) {
    return (
      <p className="field-note forecast" role="status">
        <span className="spinner" /> {t('previewCounting')}
      </p>
    )
  }
  const { files, bytes, calls, days, unchanged, refused, reasons, complete } = forecast
  const { warnings, doneAtMs } = forecast
  const totals = { count: files, size: formatBytes(bytes), calls }
  return (
    <div className="forecast" role="status">
      <p className="field-note num">
        {t(complete ? 'forecast' : 'forecastAtLeast', totals)}
        {unchanged > 0 && ` · ${t('forecastUnchanged', { count: unchanged })}`}
      </p>
      {files > 0 && (
        <p className="field-note num">
          {doneAtMs === null
            ? t('forecastNoEnd')
            : t('forecastDone', { when: formatWhen(doneAtMs, language) })}
          {days > 1 && ` · ${t('forecastDays', { days })}`}
        </p>
      )}
      {warnings.length > 0 && (
        <div className="notice attention">
          <Icon name="alert" />
          <ul className="small">
            {warnings.map(({ fileName, error }) => (
              <li key={String(error.code)}>
                <bdi>{fileName}</bdi> · {explainError(error, language).message}
              </li>
            ))}
          </ul>
        </div>
      )}
      {refused > 0 && (
        <div className="notice attention">
          <Icon name="alert" />
          <div>
            <p>{t('forecastRefused', { count: refused })}</p>
            <ul className="small">
              {reasons.map(({ fileName, error }) => (
                <li key={String(error.code)}>
                  <bdi>{fileName}</bdi> · {explainError(error, language).message}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  )
}
