import { useEffect, useRef, useState } from 'react'

const ENTRY = { drawer: true }

function isEntry(): boolean {
  return (history.state as Partial<typeof ENTRY> | null)?.drawer === true
}

/** The transfer whose details are shown beside the list. Going back in the browser closes it. */
export function useDrawer() {
  const [drawerId, setDrawerId] = useState<string>()
  const isOpen = useRef(false)
  /** The page itself goes back, after the drawer was closed by other means. */
  const isLeaving = useRef(false)
  useEffect(() => {
    // After a reload nothing is open.
    if (isEntry()) history.replaceState(null, '')
    const onPop = () => {
      const wasLeaving = isLeaving.current
      isLeaving.current = false
      if (wasLeaving && isOpen.current) {
        // It was opened again meanwhile.
        history.pushState(ENTRY, '')
        return
      }
      isOpen.current = false
      setDrawerId(undefined)
    }
    addEventListener('popstate', onPop)
    return () => removeEventListener('popstate', onPop)
  }, [])
  return {
    drawerId,
    openDrawer(id: string): void {
      if (!isEntry()) history.pushState(ENTRY, '')
      isOpen.current = true
      setDrawerId(id)
    },
    closeDrawer(): void {
      isOpen.current = false
      setDrawerId(undefined)
      if (!isEntry() || isLeaving.current) return
      isLeaving.current = true
      history.back()
    },
  }
}
