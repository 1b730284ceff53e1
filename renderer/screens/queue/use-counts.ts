import { useEffect, useState } from 'react'
import type { QueueFilter, Tab } from '#shared/contract/queue-channels.ts'
import { bridge } from '../../data/bridge.ts'
import { liveState, useLive } from '../../data/live.ts'

type Counts = Readonly<Record<Tab, number>>

/** Counting looks at every row, so it is done at most so often. */
const AGAIN_AFTER_MS = 2_000

/** Returns how many rows each tab shows: under a search or for one rule as well. */
export function useCounts({ tab: _, ...wanted }: QueueFilter): Counts | undefined {
  const all = useLive((live) => live.counts.byTab)
  const { search, ...others } = wanted
  const isFiltered = search !== '' || Object.keys(others).length > 0
  const filter = JSON.stringify(wanted)
  const [found, setFound] = useState<{ filter: string; byTab: Counts }>()

  useEffect(() => {
    if (!isFiltered) return
    let isOver = false
    let asked: number | undefined
    const ask = async () => {
      const revision = liveState()?.revision ?? 0
      if (asked === revision) return
      asked = revision
      const wanted = JSON.parse(filter) as Omit<QueueFilter, 'tab'>
      const answer = await bridge.request('queue.counts', wanted)
      if (answer.ok && !isOver) setFound({ filter, byTab: answer.value.byTab })
    }
    void ask()
    const timer = setInterval(() => void ask(), AGAIN_AFTER_MS)
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }, [isFiltered, filter])

  if (!isFiltered) return all
  return found?.filter === filter ? found.byTab : undefined
}
