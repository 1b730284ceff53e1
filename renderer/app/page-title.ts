import { useEffect } from 'react'
import { percentOf } from '#shared/transfer/work-size.ts'
import { useLive } from '../data/live.ts'
import { useText } from '../data/text.ts'

/** Keeps progress, and the number of files that need the person, in the title of the tab or window. */
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
}
