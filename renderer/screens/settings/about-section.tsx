import { useState } from 'react'
import { formatMoment } from '#shared/text/format.ts'
import { LANGUAGES } from '#shared/text/language.ts'
import { t as textIn } from '#shared/text/t.ts'
import { useApp } from '../../data/app.ts'
import { useLive } from '../../data/live.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Logo } from '../../ui/logo.tsx'
import { reveal } from './diagnostics-section.tsx'
import { LicencesDialog } from './licences-dialog.tsx'
import { Section } from './setting.tsx'
import { Updates } from './updates.tsx'

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
        // A name rather than a number: no separators.
        id: String(info.processId),
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
