import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'

/** Says that secrets are hardly protected, on a Linux desktop without a keyring. */
export function KeyStorageNote() {
  const t = useText()
  const { info } = useApp()
  if (info.keyStorage !== 'obfuscated') return null
  return (
    <div className="notice attention">
      <Icon name="alert" />
      <p>{t('noKeyring')}</p>
    </div>
  )
}
