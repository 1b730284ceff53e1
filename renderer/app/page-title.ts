import { useEffect } from 'react'
import { percentOf } from '#shared/transfer/work-size.ts'
import { useLive } from '../data/live.ts'
import { useText } from '../data/text.ts'
import idle from '../icons/app-small.svg'
import attentionIcon from '../icons/tab/attention.svg'
import quarter1 from '../icons/tab/quarter-1.svg'
import quarter2 from '../icons/tab/quarter-2.svg'
import quarter3 from '../icons/tab/quarter-3.svg'
import quarter4 from '../icons/tab/quarter-4.svg'

/** Files, not pictures drawn here: the page may load images from its own host only. */
const QUARTERS = [quarter1, quarter2, quarter3, quarter4] as const

/**
 * Keeps progress, and whether files need the person, in the title and the icon of the tab or window.
 */
export function usePageTitle(): void {
  const t = useText()
  const percent = useLive(({ overall }) =>
    overall.aheadFiles > 0 ? percentOf(overall.share) : undefined,
  )
  const attention = useLive(({ counts }) => counts.byTab.attention) ?? 0
  useEffect(() => {
    const words = [
      ...(attention > 0 ? [`(${attention})`] : []),
      ...(percent === undefined ? [] : [`${percent}%`]),
      t('appName'),
    ]
    document.title = words.join(' ')
  }, [t, percent, attention])
  const icon = iconFor(percent, attention)
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (link !== null) link.href = icon
  }, [icon])
}

function iconFor(percent: number | undefined, attention: number): string {
  if (attention > 0) return attentionIcon
  if (percent === undefined) return idle
  return QUARTERS[Math.min(QUARTERS.length - 1, Math.floor(percent / 25))] ?? idle
}
