import { useEffect, useEffectEvent } from 'react'
import { bridge } from '../../data/bridge.ts'
import { useLive } from '../../data/live.ts'
import { toastError } from '../../ui/feedback.ts'

/** Takes files that were handed over from outside the window: the dock, a second start, the tray. */
export function useOffered(
  isReady: boolean,
  onPaths: (paths: readonly string[], folders: readonly string[]) => void,
): void {
  const id = useLive((live) => live.offered)?.id
  const take = useEffectEvent(async (offer: string) => {
    const answer = await bridge.request('files.take-offered', { id: offer })
    if (!answer.ok) toastError(answer.error)
    else if (answer.value.paths.length > 0) onPaths(answer.value.paths, answer.value.folders)
  })
  useEffect(() => {
    if (isReady && id !== undefined) void take(id)
  }, [isReady, id])
}
