import { useEffect, useState } from 'react'
import { onLiveEvent } from '../data/live.ts'
import { say } from '../data/text.ts'
import { onAnnounced } from '../ui/announce.ts'

const SOON_MS = 1_000
/** Later news is collected for so long: a screen reader has to come to an end in between. */
const PAUSE_MS = 10_000

/** Tells a screen reader what needs the person and what is done, a batch at a time. */
export function Announcer() {
  const [text, setText] = useState('')
  useEffect(() => {
    /** Names by id: a file that fails and is done meanwhile counts as done. */
    const done = new Map<string, string>()
    const troubled = new Map<string, string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    let saidAtMs = -Infinity
    const speak = () => {
      timer = undefined
      saidAtMs = performance.now()
      setText(sentences(troubled, done))
      troubled.clear()
      done.clear()
    }
    const stop = onLiveEvent((event) => {
      if (event.kind !== 'patch') return
      for (const { id, fileName, state } of event.patch.rows ?? []) {
        const isDone = state.kind === 'done'
        if (!isDone && state.kind !== 'blocked' && state.kind !== 'failed') continue
        troubled.delete(id)
        if (isDone) done.set(id, fileName)
        else troubled.set(id, fileName)
        timer ??= setTimeout(speak, Math.max(SOON_MS, saidAtMs + PAUSE_MS - performance.now()))
      }
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  useEffect(() => onAnnounced(setText), [])
  return (
    <div className="only-read" aria-live="polite">
      {text}
    </div>
  )
}

/** Words the news, trouble first. */
function sentences(
  troubled: ReadonlyMap<string, string>,
  done: ReadonlyMap<string, string>,
): string {
  const [trouble = ''] = troubled.values()
  const [name = ''] = done.values()
  return [
    troubled.size === 1 && say('announceNeedsYou', { name: trouble }),
    troubled.size > 1 && say('announceManyNeedYou', { count: troubled.size }),
    done.size === 1 && say('announceDone', { name }),
    done.size > 1 && say('announceManyDone', { count: done.size }),
  ]
    .filter((sentence) => sentence !== false)
    .join(say('announceAnd'))
}
