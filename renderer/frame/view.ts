import { useEffect, useState } from 'react'

export type View = 'queue' | 'history' | 'settings'

const VIEWS: readonly string[] = ['queue', 'history', 'settings'] satisfies View[]

/** The screen in sight; it is in the address, so that reloading and going back keep it. */
export function useView(): [View, (view: View) => void] {
  const [view, setView] = useState(viewOfAddress)
  useEffect(() => {
    const onChange = () => setView(viewOfAddress())
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

function viewOfAddress(): View {
  const name = location.hash.replace(/^#\//, '')
  return VIEWS.includes(name) ? (name as View) : 'queue'
}
