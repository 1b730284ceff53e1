import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'
import type { SetSettings } from './set-settings.ts'
import { Section, SwitchSetting } from './setting.tsx'

/** Only where there is a system to notify through. */
export function NotificationsSection({ onSet }: { readonly onSet: SetSettings }) {
  const t = useText()
  const { settings, info } = useApp()
  return (
    <Section id="notifications" title={t('notifications')}>
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
    </Section>
  )
}
