import { useEffect, useEffectEvent, useState } from 'react'
import type { Tab } from '#shared/contract/queue-channels.ts'
import { TABS } from '../screens/queue/tabs.ts'

export type View = 'queue' | 'rules' | 'history' | 'settings'

const VIEWS: readonly string[] = ['queue', 'rules', 'history', 'settings'] satisfies View[]

/** The target of an address: a screen, and in the queue a tab or a transfer. */
export interface Place {
  readonly view: View
  readonly tab?: Tab
  readonly transferId?: string
  /** The part of the queue that another tab has shown. */
  readonly query?: string
}

/**
 * `#/history`, `#/queue?type=video`, `#/queue/tab/attention`, `#/queue/transfer/ID`; anything else is
 * the queue.
 */
export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.split('?')
  const [name = '', kind, detail] = path.replace(/^#\//, '').split('/')
  const view = VIEWS.includes(name) ? (name as View) : 'queue'
  if (name === 'queue' && query !== '') return { view, query }
  if (view !== 'queue' || detail === undefined || detail === '') return { view }
  if (kind === 'transfer') return { view, transferId: decoded(detail) }
  const tab = kind === 'tab' ? TABS.find((each) => each === detail) : undefined
  return { view, ...(tab !== undefined && { tab }) }
}

/** An address may be typed by anybody. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * The screen in sight; it is in the address, so that reloading and going back keep it.
 * @param onPlace told when an address leads further than to a screen
 */
export function useView(onPlace: (place: Place) => void): [View, (view: View) => void] {
  const [view, setView] = useState(() => placeOf(location.hash).view)
  const go = useEffectEvent(() => {
    const place = placeOf(location.hash)
    setView(place.view)
    if (place.query !== undefined) {
      onPlace(place)
      return
    }
    if (place.tab === undefined && place.transferId === undefined) return
    // Said once: the same address leads there again, and reloading does not.
    history.replaceState(null, '', `#/${place.view}`)
    onPlace(place)
  })
  useEffect(() => {
    const onChange = () => go()
    go()
    addEventListener('hashchange', onChange)
    return () => removeEventListener('hashchange', onChange)
  }, [])
  return [
    view,
    (next) => {
      location.hash = `/${next}`
    },
  ]
}
