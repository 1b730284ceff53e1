import { useEffect, useState } from 'react'
import { onLiveEvent } from '../data/live.ts'
import { say } from '../data/text.ts'

const QUIET_FOR_MS = 1_000

/** Tells a screen reader what is done and what needs the person, and nothing else. */
export function Announcer() {
  const [text, setText] = useState('')
  useEffect(() => {
    let waiting = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onLiveEvent((event) => {
      if (event.kind !== 'patch') return
      for (const { fileName: name, state } of event.patch.rows ?? []) {
        if (state.kind === 'done') waiting = say('announceDone', { name })
        else if (state.kind === 'blocked' || state.kind === 'failed') {
          waiting = say('announceNeedsYou', { name })
        } else continue
        timer ??= setTimeout(() => {
          timer = undefined
          setText(waiting)
        }, QUIET_FOR_MS)
      }
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  return (
    <div className="only-read" aria-live="polite">
      {text}
    </div>
  )
}
