import { type UIEvent, useEffect, useState } from 'react'
import { reloadInfo, useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { AccountList } from '../accounts/account-list.tsx'
import { AboutSection } from './about-section.tsx'
import { DevicesSection } from './devices-section.tsx'
import { DiagnosticsSection } from './diagnostics-section.tsx'
import { GeneralSection } from './general-section.tsx'
import { NetworkSection } from './network-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { setSettings } from './set-settings.ts'
import { Section } from './setting.tsx'
import { TransfersSection } from './transfers-section.tsx'
import './settings.css'

const SECTIONS = [
  'general',
  'account',
  'devices',
  'transfers',
  'network',
  'notifications',
  'diagnostics',
  'about',
] as const

export type SettingsSection = (typeof SECTIONS)[number]

/** Returns the sections there are: no browsers sign in to a window. */
export function sectionsOf(isDesktop: boolean): readonly SettingsSection[] {
  return SECTIONS.filter((section) => !isDesktop || section !== 'devices')
}

export function SettingsScreen() {
  const t = useText()
  const isDesktop = useApp().info.host === 'desktop'
  useEffect(() => void reloadInfo(), [])
  const [current, setCurrent] = useState<string>(SECTIONS[0])
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label={t('settings')}>
        <p className="screen-title" aria-hidden="true">
          {t('settings')}
        </p>
        <ul>
          {sectionsOf(isDesktop).map((section) => (
            <li key={section}>
              <button
                type="button"
                className="settings-link"
                aria-current={section === current ? 'location' : undefined}
                onClick={() => goTo(section)}
              >
                {t(section)}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="settings-body" onScroll={(event) => setCurrent(sectionInSight(event))}>
        <KeyStorageNote />
        <GeneralSection onSet={setSettings} />
        <Section id="account" title={t('account')}>
          <AccountList />
        </Section>
        {!isDesktop && <DevicesSection />}
        <TransfersSection onSet={setSettings} />
        <NetworkSection onSet={setSettings} />
        <NotificationsSection onSet={setSettings} />
        <DiagnosticsSection onSet={setSettings} />
        <AboutSection />
      </div>
    </div>
  )
}

/**
 * The section that was asked for, as long as it is in sight; else the last one whose beginning is in
 * the upper part, and at the very end the last one of all.
 */
function sectionInSight({ currentTarget: body }: UIEvent): string {
  const nodes = [...body.querySelectorAll<HTMLElement>('.settings-section')]
  const asked = nodes.find((node) => node === document.activeElement)
  if (asked !== undefined && isInSight(asked, body)) return asked.id.replace('settings-', '')
  const isAtEnd = body.scrollTop + body.clientHeight >= body.scrollHeight - 2
  const limit = body.getBoundingClientRect().top + body.clientHeight / 3
  const begun = nodes.filter((node) => node.getBoundingClientRect().top <= limit)
  const node = isAtEnd ? nodes.at(-1) : begun.at(-1)
  return node?.id.replace('settings-', '') ?? SECTIONS[0]
}

function isInSight(node: Element, body: Element): boolean {
  const [inner, outer] = [node.getBoundingClientRect(), body.getBoundingClientRect()]
  return inner.top >= outer.top - 1 && inner.top < outer.bottom
}

/** Leads to a section of the settings, once they are on screen. */
export function showSection(section: SettingsSection): void {
  requestAnimationFrame(() => requestAnimationFrame(() => goTo(section)))
}

function goTo(section: string): void {
  const node = document.getElementById(`settings-${section}`)
  node?.scrollIntoView({ block: 'start' })
  node?.focus({ preventScroll: true })
}

/** Says that secrets are hardly protected, on a Linux desktop without a keyring. */
function KeyStorageNote() {
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
