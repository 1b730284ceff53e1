import { LANGUAGE_NAMES, LANGUAGES } from '#shared/text/language.ts'
import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Segments } from '../../ui/segments.tsx'
import { PortableSettings } from './portable-settings.tsx'
import type { SetSettings } from './set-settings.ts'
import { Section, Setting, SwitchSetting } from './setting.tsx'

export function GeneralSection({ onSet }: { readonly onSet: SetSettings }) {
  const t = useText()
  const { settings, info } = useApp()
  const { startAtLogin, tray } = info.capabilities
  return (
    <Section id="general" title={t('general')}>
      <Setting name={t('language')} note={t('languageNote')}>
        <Segments
          label={t('language')}
          value={settings.language}
          options={[
            { value: 'system', label: t('system') },
            ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
          ]}
          onChange={(language) => onSet({ language })}
        />
      </Setting>
      <Setting name={t('theme')} note={t('themeNote')}>
        <Segments
          label={t('theme')}
          value={settings.theme}
          options={[
            { value: 'system', label: t('system') },
            { value: 'light', label: t('light') },
            { value: 'dark', label: t('dark') },
          ]}
          onChange={(theme) => onSet({ theme })}
        />
      </Setting>
      <Setting name={t('density')}>
        <Segments
          label={t('density')}
          value={settings.density}
          options={[
            { value: 'comfortable', label: t('comfortable') },
            { value: 'compact', label: t('compact') },
          ]}
          onChange={(density) => onSet({ density })}
        />
      </Setting>
      <SwitchSetting
        name={t('thumbnails')}
        note={t('thumbnailsNote')}
        isOn={settings.thumbnails}
        onChange={(isOn) => onSet({ thumbnails: isOn })}
      />
      {startAtLogin && (
        <SwitchSetting
          name={t('startAtLogin')}
          isOn={settings.startAtLogin}
          onChange={(isOn) => onSet({ startAtLogin: isOn })}
        />
      )}
      {tray && (
        <SwitchSetting
          name={t('closeToTray')}
          isOn={settings.closeToTray}
          onChange={(isOn) => onSet({ closeToTray: isOn })}
        />
      )}
      <PortableSettings />
    </Section>
  )
}
