/** A list of places, read page by page as it is looked through. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import type { PlaceRef } from '#shared/model/place-ref.ts'
import { bridge } from '../../data/bridge.ts'

type Listed = RequestOutput<'places.list'>
export type PlaceEntry = Listed['entries'][number]

/** Long enough to take quick typing together. */
const SEARCH_AFTER_MS = 250

interface PlaceList {
  readonly entries: readonly PlaceEntry[]
  readonly nextPageToken: string | null
  /** The list itself as a destination. */
  readonly here: PlaceEntry | null
  /** Feishu did not search: only what is listed can be looked through. */
  readonly unsearched: ErrorInfo | null
  readonly error: ErrorInfo | undefined
  readonly isLoading: boolean
}

const NOTHING: PlaceList = {
  entries: [],
  nextPageToken: null,
  here: null,
  unsearched: null,
  error: undefined,
  isLoading: true,
}

/**
 * @param query what to search for; '' for all
 * @param account the account that asks; undefined: the one in use
 */
export function usePlaceList(at: PlaceRef, query: string, account: string | undefined) {
  const [list, setList] = useState(NOTHING)
  const [round, setRound] = useState(0)
  const asking = useRef(0)
  const where = JSON.stringify(at)

  const ask = useCallback(
    async (more: Pick<RequestInput<'places.list'>, 'pageToken' | 'again'>) => {
      const mine = ++asking.current
      const answer = await bridge.request('places.list', {
        at: JSON.parse(where) as PlaceRef,
        query,
        ...more,
        ...(account !== undefined && { account }),
      })
      if (mine !== asking.current) return
      setList((before) => {
        if (!answer.ok) return { ...before, error: answer.error, isLoading: false }
        const { entries, ...rest } = answer.value
        const all = more.pageToken === undefined ? entries : [...before.entries, ...entries]
        return { ...rest, entries: all, error: undefined, isLoading: false }
      })
    },
    [where, query, account],
  )

  useEffect(() => {
    setList((before) => ({ ...NOTHING, here: before.here }))
    const again = round > 0
    const timer = setTimeout(() => void ask({ again }), query === '' ? 0 : SEARCH_AFTER_MS)
    return () => {
      clearTimeout(timer)
      asking.current += 1
    }
  }, [ask, query, round])

  return {
    list,
    more() {
      if (list.nextPageToken === null || list.isLoading) return
      setList({ ...list, error: undefined, isLoading: true })
      void ask({ pageToken: list.nextPageToken })
    },
    reload: () => setRound(round + 1),
  }
}
