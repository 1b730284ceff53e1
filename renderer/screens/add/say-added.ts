import type { RequestOutput } from '#shared/contract/contract.ts'
import { liveState, onLiveEvent } from '../../data/live.ts'
import { say } from '../../data/text.ts'
import { toast, toastAmount, toastProgress } from '../../ui/toasts.tsx'
import { reopenList } from '../queue/reopen.ts'
import { wayBack } from '../queue/row-actions.ts'

type Answer = RequestOutput<'queue.add'>
type Added = Pick<Answer, 'queued' | 'there' | 'refused' | 'unchanged'>

/**
 * Says what has become of files that were handed over. A folder that is still being read is counted
 * up until its end.
 * @param again asks for them again although they are uploaded already
 */
export function sayAdded(answer: Answer, again: (() => void) | undefined): void {
  reopenList()
  const { batchId, queued, complete } = answer
  const undo = wayBack(answer.undo?.token)
  if (complete && queued > 0 && answer.unchanged === 0) {
    const words = (count: number) => say('addedFiles', { count })
    toastAmount({ kind: 'added', count: queued, words, undo })
    return
  }
  if (complete) {
    const { text, action } = resultOf(answer, undo, again)
    toast(text, action)
    return
  }
  const progress = toastProgress(say('addingFiles', { count: queued }), undo)
  let last: Added = answer
  const look = () => {
    const live = liveState()
    const done = live?.added.find((each) => each.batchId === batchId)
    const reading = live?.adding.find((each) => each.batchId === batchId)
    if (reading !== undefined) {
      last = { ...last, ...reading }
      progress.update(say('addingFiles', { count: reading.queued }))
      return
    }
    stop()
    const { text, action } = resultOf(done ?? last, undo, again)
    progress.end(text, action)
  }
  const stop = onLiveEvent(look)
}

/** Returns the result in words, and the button that goes with it. */
function resultOf(
  { queued, there, refused, unchanged }: Added,
  undo: ReturnType<typeof wayBack>,
  again: (() => void) | undefined,
) {
  if (queued > 0) {
    const added = say('addedFiles', { count: queued })
    const rest = unchanged > 0 ? say('andUnchanged', { count: unchanged }) : ''
    return { text: added + rest, action: undo }
  }
  if (there > 0) return { text: say('alreadyQueued'), action: undefined }
  if (unchanged > 0) {
    const action = again && { label: say('uploadAgainNow'), run: again }
    return { text: say('unchangedFiles', { count: unchanged }), action }
  }
  return { text: say(refused > 0 ? 'sensitiveStayed' : 'nothingToAdd'), action: undefined }
}
