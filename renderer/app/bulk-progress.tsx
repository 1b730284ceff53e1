import { useLive } from '../data/live.ts'
import { useText } from '../data/text.ts'

/** Shows the progress of an action on very many transfers, on every page. */
export function BulkProgress() {
  const t = useText()
  const bulk = useLive((live) => live.bulk)
  if (bulk === undefined || bulk === null) return null
  const words = bulk.action === 'cancel' ? 'cancelling' : 'bringingBack'
  return (
    <div className="toast num" aria-live="off">
      {t(words, { count: bulk.changed, total: bulk.total })}
    </div>
  )
}
