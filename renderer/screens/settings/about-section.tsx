import { useState } from 'react'
import { formatMoment } from '#shared/text/format.ts'
import { LANGUAGES } from '#shared/text/language.ts'
import { safeText } from '#shared/text/safe-text.ts'
import { t as textIn } from '#shared/text/t.ts'
import { useApp } from '../../data/app.ts'
import { useLive } from '../../data/live.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Logo } from '../../ui/logo.tsx'
import { reveal } from './diagnostics-section.tsx'
import { LicencesDialog } from './licences-dialog.tsx'
import { LockedNote } from './locked-note.tsx'
import { setSettings } from './set-settings.ts'
import { Section, SwitchSetting } from './setting.tsx'

const VERSION_NAMES: Readonly<Record<string, string>> = {
  electron: 'Electron',
  chromium: 'Chromium',
  node: 'Node.js',
  sqlite: 'SQLite',
}

const CONSOLES = [
  ['feishuConsole', 'https://open.feishu.cn/app'],
  ['larkConsole', 'https://open.larksuite.com/app'],
] as const

export function AboutSection() {
  const t = useText()
  const language = useLanguage()
  const { info } = useApp()
  const engine = useLive((live) => live.engine.kind)
  const [isLicencesOpen, setLicencesOpen] = useState(false)
  const versions = Object.entries(info.versions).map(
    ([name, version]) => `${VERSION_NAMES[name] ?? name} ${version}`,
  )
  const facts: readonly (readonly [string, string])[] = [
    [t('runsOn'), [info.platform, ...versions].join(' · ')],
    [
      t('running'),
      t('runningAs', {
        host: info.host === 'web' ? t('hostWeb') : t('hostDesktop'),
        id: info.processId,
      }),
    ],
    [t('runningSince'), formatMoment(info.startedAtMs, language)],
    ...(engine === undefined ? [] : [[t('state'), t(`engine_${engine}`)] as const]),
  ]
  return (
    <Section id="about" title={t('about')}>
      <div className="about">
        <Logo size={56} />
        <div>
          <p className="about-name">
            {LANGUAGES.map((each) => textIn(each, 'app.appName')).join(' ')} {info.version}
          </p>
          <p className="quiet">{t('aboutText')}</p>
        </div>
      </div>
      <Updates />
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('dataFolder')}</dt>
          <dd className="with-button">
            <span className="code">{info.home}</span>
            {info.capabilities.reveal && (
              <Button size="small" icon="folder" onClick={() => void reveal('home')}>
                {t('showInFolder')}
              </Button>
            )}
          </dd>
        </div>
      </dl>
      <div className="buttons about-links">
        <Button onClick={() => setLicencesOpen(true)}>{t('licences')}</Button>
        {CONSOLES.map(([name, href]) => (
          <a key={href} className="button" href={href} target="_blank" rel="noreferrer">
            <Icon name="external" />
            {t(name)}
          </a>
        ))}
      </div>
      {isLicencesOpen && <LicencesDialog onClose={() => setLicencesOpen(false)} />}
    </Section>
  )
}

/** Words of others, line by line. */
function plainLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => safeText(line))
    .join('\n')
}

/** The switch for asking, and a newer version; absent where Feidi was built without a feed. */
function Updates() {
  const t = useText()
  const { info, settings } = useApp()
  if (info.updates === null) return null
  const { newer } = info.updates
  const isLocked = info.policy?.locked.includes('checkForUpdates') ?? false
  return (
    <>
      {newer !== null && (
        <div className="notice good" role="status">
          <Icon name="check" />
          <div>
            <p>{t('newerVersion', { version: newer.version })}</p>
            {newer.notes !== '' && (
              <details>
                <summary>{t('releaseNotes')}</summary>
                <p className="release-notes">{plainLines(newer.notes)}</p>
              </details>
            )}
          </div>
        </div>
      )}
      <SwitchSetting
        name={t('checkForUpdates')}
        note={isLocked ? <LockedNote /> : t('checkForUpdatesNote')}
        isLocked={isLocked}
        isOn={settings.checkForUpdates}
        onChange={(isOn) => setSettings({ checkForUpdates: isOn })}
      />
    </>
  )
}
