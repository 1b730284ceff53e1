import { useEffect, useState } from 'react'
import { formatMoment } from '#shared/text/format.ts'
import { formatCount } from '#shared/text/numbers.ts'
import { useLanguage, useText } from '../data/text.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { clearNotices, markNoticesRead, useNotices } from '../ui/notices.ts'
import { PopUp } from '../ui/pop-up.tsx'

/** The list of messages, for a person who looked elsewhere. */
export function NoticeBell() {
  const t = useText()
  const language = useLanguage()
  const { all, unread } = useNotices()
  const [isOpen, setIsOpen] = useState(false)
  // A message in sight is read.
  useEffect(() => {
    if (isOpen && unread > 0) markNoticesRead()
  }, [isOpen, unread])
  const label = unread > 0 ? t('noticesUnread', { count: unread }) : t('notices')
  return (
    <PopUp
      isOpen={isOpen}
      onClose={() => setIsOpen(false)}
      button={
        <button
          type="button"
          className="gauge bell"
          aria-label={label}
          aria-expanded={isOpen}
          title={label}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon name="bell" />
          {unread > 0 && <span className="badge">{formatCount(unread)}</span>}
        </button>
      }
    >
      <section className="notice-card" aria-label={t('notices')}>
        <header>
          <h2>{t('notices')}</h2>
          {all.length > 0 && (
            <Button
              size="small"
              kind="plain"
              onClick={(event) => {
                // The button goes with the notices; the focus returns to what opened them.
                const place = event.currentTarget.closest('.pop-place')
                clearNotices()
                place?.querySelector<HTMLElement>('button')?.focus()
              }}
            >
              {t('clearNotices')}
            </Button>
          )}
        </header>
        {all.length === 0 ? (
          <p className="quiet">{t('noNotices')}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
          <ol tabIndex={0} aria-label={t('notices')}>
            {all.map(({ id, atMs, text }) => (
              <li key={id}>
                <time className="num quiet small">{formatMoment(atMs, language)}</time>
                <span>{text}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
    </PopUp>
  )
}
