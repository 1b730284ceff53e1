import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { formatDay, formatWhen } from '#shared/text/format.ts'
import { formatBytes, formatCount } from '#shared/text/numbers.ts'
import { bridge } from '../data/bridge.ts'
import { useLanguage, useText } from '../data/text.ts'
import { BarChart } from './bar-chart.tsx'
import { ProgressBar } from './progress-bar.tsx'

type Quota = RequestOutput<'quota.today'>

/**
 * Returns the day's calls.
 * @param occasion a change of this value requests them again
 */
export function useQuota(occasion?: unknown): Quota | undefined {
  const [quota, setQuota] = useState<Quota>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the occasion is what it hangs on
  useEffect(() => {
    void bridge.request('quota.today', {}).then((answer) => {
      if (answer.ok) setQuota(answer.value)
    })
  }, [occasion])
  return quota
}

/** Shows how many of the day's calls are used, and whether the rest is enough. */
export function QuotaCard({ quota }: { readonly quota: Quota }) {
  const t = useText()
  const language = useLanguage()
  return (
    <section className="quota-card" aria-label={t('quota')}>
      <h2>{t('quota')}</h2>
      <ul>
        {quota.endpoints.filter(isShown).map(({ endpoint, used, left, limit }) => (
          <li key={endpoint}>
            <div className="quota-row">
              <span>{endpointName(endpoint)}</span>
              <span className="num quiet small">
                {t('quotaUsed', { used: used })} · {t('quotaLeft', { left: left })}
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
      {/* Of more than a day, the plan says what goes when. */}
      {quota.needed > 0 && (quota.needed <= quota.left || quota.plan === null) && (
        <p className="small">
          {quota.needed <= quota.left
            ? t('quotaEnough', { needed: quota.needed })
            : t('quotaShortage', {
                needed: quota.needed,
                left: quota.left,
              })}
        </p>
      )}
      {quota.monthReturnsAtMs !== null && (
        <p className="small">
          {t('quotaMonthUsed', { when: formatWhen(quota.monthReturnsAtMs, language) })}
        </p>
      )}
      {quota.plan !== null && <Plan plan={quota.plan} />}
      <p className="small quiet">
        {t('quotaExplained', { time: formatWhen(quota.resetsAtMs, language) })}
      </p>
    </section>
  )

  function endpointName(endpoint: string): string {
    const [, , kind, call = ''] = endpoint.split('/')
    const key = ENDPOINT_WORDS[call]
    if (key === undefined) return endpoint
    return kind === 'medias' ? t('endpointOfMedia', { call: t(key) }) : t(key)
  }
}

/** Shows when all is up, and the calls of each day until then. */
function Plan({ plan: { files, days, doneAtMs } }: { readonly plan: NonNullable<Quota['plan']> }) {
  const t = useText()
  const language = useLanguage()
  const end =
    doneAtMs === null
      ? t('forecast.noEnd', { count: files })
      : t('forecast.end', { count: files, when: formatWhen(doneAtMs, language) })
  const bars = days.map(({ fromMs, wholeFiles, parts, bytes }) => ({
    label: formatDay(fromMs, language),
    value: wholeFiles + parts,
    words: t('forecast.day', { files: wholeFiles, parts, size: formatBytes(bytes) }),
  }))
  return (
    <div className="plan">
      <h3>{t('forecast.heading')}</h3>
      <p className="num">{end}</p>
      {bars.length > 1 && (
        <>
          <BarChart
            title={t('forecast.callsADay')}
            labels={t('day')}
            format={formatCount}
            bars={bars}
          />
          <div className="plan-days small quiet" aria-hidden="true">
            <span>{bars[0]?.label}</span>
            <span>{bars.at(-1)?.label}</span>
          </div>
        </>
      )}
    </div>
  )
}

/** Checks whether an endpoint is shown: file uploads always, others once called today. */
function isShown({ endpoint, used }: Quota['endpoints'][number]): boolean {
  return used > 0 || endpoint.includes('/files/upload_')
}

const ENDPOINT_WORDS: Readonly<
  Record<
    string,
    'endpointAll' | 'endpointPrepare' | 'endpointPart' | 'endpointFinish' | 'endpointFolder'
  >
> = {
  upload_all: 'endpointAll',
  upload_prepare: 'endpointPrepare',
  upload_part: 'endpointPart',
  upload_finish: 'endpointFinish',
  create_folder: 'endpointFolder',
}
