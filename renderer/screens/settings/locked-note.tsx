import { safeText } from '#shared/text/safe-text.ts'
import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'

/** Says why a setting cannot be changed, and whom to ask. */
export function LockedNote() {
  const t = useText()
  const contact = useApp().info.policy?.contact ?? null
  return (
    <span className="locked-note">
      <Icon name="lock" />{' '}
      {contact === null ? t('locked') : t('lockedBy', { contact: safeText(contact) })}
    </span>
  )
}
