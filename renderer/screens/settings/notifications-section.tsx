import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { AlertsForm } from './alerts-form.tsx'
import type { SetSettings } from './set-settings.ts'
import { Section, SwitchSetting } from './setting.tsx'

/** Notices of the system, where there is one, and messages to people elsewhere. */
export function NotificationsSection({ onSet }: { readonly onSet: SetSettings }) {
  const t = useText()
  const { info } = useApp()
  const isDesktop = info.host === 'desktop'
  return (
    <Section id="notifications" title={t('notifications')}>
      {isDesktop && <SystemNotices onSet={onSet} />}
      <AlertsForm />
    </Section>
  )
}

/** A page in a browser has no system to notify through. */
function SystemNotices({ onSet }: { readonly onSet: SetSettings }) {
  const t = useText()
  const { settings, info } = useApp()
  return (
    <>
      {!info.capabilities.notifications && (
        <div className="notice attention">
          <Icon name="alert" />
          <p>{t('notificationsRefused')}</p>
        </div>
      )}
      <SwitchSetting
        name={t('notifyBatchDone')}
        note={t('notifyBatchDoneNote')}
        isOn={settings.notifyBatchDone}
        onChange={(isOn) => onSet({ notifyBatchDone: isOn })}
      />
      <SwitchSetting
        name={t('notifyAttention')}
        note={t('notifyAttentionNote')}
        isOn={settings.notifyAttention}
        onChange={(isOn) => onSet({ notifyAttention: isOn })}
      />
    </>
  )
}
