import { useConnection } from '../data/connection.ts'
import { useText } from '../data/text.ts'
import { Logo } from '../ui/logo.tsx'

/** Instead of the app while the host does not answer. */
export function Starting() {
  const t = useText()
  const isOver = useConnection() === 'over'
  return (
    <main className="starting" role="alert">
      <Logo size={56} />
      <h1>{isOver ? t('sessionOver') : t('hostGone')}</h1>
      <p className="quiet">{isOver ? t('sessionOverWhy') : t('reconnecting')}</p>
      {!isOver && <span className="spinner" />}
    </main>
  )
}
