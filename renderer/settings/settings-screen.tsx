import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSettings, SettingsChange } from '#shared/ipc/settings-schema.ts'
import { bridge } from '../bridge/bridge.ts'
import { saveAsFile } from '../bridge/save-as-file.ts'
import { Logo } from '../frame/logo.tsx'
import { toastError } from '../queue/row-actions.ts'
import { saveSettings, useApp } from '../state/app.ts'
import { Button } from '../ui/button.tsx'
import { Segments } from '../ui/segments.tsx'
import { Select } from '../ui/select.tsx'
import { toast } from '../ui/toasts.tsx'
import { AccountForm } from './account-form.tsx'
import { ScheduleFields } from './schedule-fields.tsx'
import './settings.css'

const LANES = ['auto', 'serial', '2', '3', '4', '6', '8'] as const
const KIB = 1_024

export function SettingsScreen() {
  const { t } = useTranslation()
  const { settings, info } = useApp()
  const set = async (change: SettingsChange) => {
    const { ok, restart } = await saveSettings(change)
    if (!ok) toast(t('invalidValue'))
    else if (restart.length > 0) toast(t('afterRestart'))
  }
  const sections = ['general', 'account', 'transfers', 'network', 'diagnostics', 'about'] as const
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label={t('settings')}>
        <p className="screen-title" aria-hidden="true">
          {t('settings')}
        </p>
        <ul>
          {sections.map((section) => (
            <li key={section}>
              <button
                type="button"
                className="settings-link"
                onClick={() => {
                  const node = document.getElementById(`settings-${section}`)
                  node?.scrollIntoView({ block: 'start' })
                  node?.focus({ preventScroll: true })
                }}
              >
                {t(section)}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="settings-body">
        <Section id="general" title={t('general')}>
          <Setting name={t('language')} note={t('languageNote')}>
            <Segments
              label={t('language')}
              value={settings.language}
              options={[
                { value: 'system', label: t('system') },
                { value: 'zh-CN', label: '简体中文' },
                { value: 'en', label: 'English' },
              ]}
              onChange={(language) => void set({ language })}
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
              onChange={(theme) => void set({ theme })}
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
              onChange={(density) => void set({ density })}
            />
          </Setting>
          {info.host === 'desktop' && <DesktopSettings settings={settings} onSet={set} />}
        </Section>

        <Section id="account" title={t('account')}>
          <AccountForm />
        </Section>

        <Section id="transfers" title={t('transfers')}>
          <Setting name={t('bandwidth')} note={t('bandwidthNote')}>
            <BandwidthField
              key={settings.bandwidthBytesPerSecond}
              value={settings.bandwidthBytesPerSecond}
              onSave={(bandwidthBytesPerSecond) => void set({ bandwidthBytesPerSecond })}
            />
          </Setting>
          <Setting name={t('lanes')} note={t('lanesNote')}>
            <Select
              aria-label={t('lanes')}
              value={String(settings.lanes)}
              options={LANES.map((value) => ({
                value,
                label:
                  value === 'auto'
                    ? t('lanesAuto')
                    : value === 'serial'
                      ? t('lanesSerial')
                      : t('lanesUpTo', { n: value }),
              }))}
              onChange={(value) =>
                void set({ lanes: value === 'auto' || value === 'serial' ? value : Number(value) })
              }
            />
          </Setting>
          <ScheduleFields
            schedule={settings.schedule}
            onSave={(schedule) => void set({ schedule })}
          />
        </Section>

        <Section id="network" title={t('network')}>
          <Setting name={t('caFile')} note={t('caFileNote')}>
            <TextField
              key={settings.caFile}
              label={t('caFile')}
              value={settings.caFile ?? ''}
              placeholder="/etc/ssl/company.pem"
              onSave={(text) => void set({ caFile: text.trim() === '' ? null : text.trim() })}
            />
          </Setting>
          <Setting name={t('proxy')} note={t('proxyNote')} />
        </Section>

        <Section id="diagnostics" title={t('diagnostics')}>
          <Setting name={t('exportDiagnostics')} note={t('exportDiagnosticsNote')}>
            <Button icon="download" onClick={() => void exportDiagnostics()}>
              {t('export')}
            </Button>
          </Setting>
          <Setting name={t('dataFolder')}>
            <span className="code quiet">{info.home}</span>
          </Setting>
        </Section>

        <Section id="about" title={t('about')}>
          <div className="about">
            <Logo size={56} />
            <div>
              <p className="about-name">飞递 Feidi {info.version}</p>
              <p className="quiet">{t('aboutText')}</p>
              <p className="quiet small">
                {info.platform} · {info.host === 'web' ? t('hostWeb') : t('hostDesktop')} · MIT
              </p>
            </div>
          </div>
        </Section>
      </div>
    </div>
  )
}

async function exportDiagnostics(): Promise<void> {
  const answer = await bridge.request('diagnostics.export', {})
  if (answer.ok) saveAsFile(answer.value.fileName, answer.value.text, 'text/plain;charset=utf-8')
  else toastError(answer.error)
}

interface DesktopSettingsProps {
  readonly settings: AppSettings
  readonly onSet: (change: SettingsChange) => Promise<void>
}

/** What a page in a browser can not do: it has no tray and does not start at login. */
function DesktopSettings({ settings, onSet }: DesktopSettingsProps) {
  const { t } = useTranslation()
  const { capabilities } = useApp().info
  const switches = [
    ['notifyBatchDone', true],
    ['notifyAttention', true],
    ['startAtLogin', capabilities.startAtLogin],
    ['closeToTray', capabilities.tray],
  ] as const
  return switches
    .filter(([, isOffered]) => isOffered)
    .map(([name]) => (
      <Setting key={name} name={t(name)}>
        <input
          type="checkbox"
          className="switch"
          aria-label={t(name)}
          checked={settings[name]}
          onChange={(event) => void onSet({ [name]: event.target.checked })}
        />
      </Setting>
    ))
}

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly children: ReactNode
}

function Section({ id, title, children }: SectionProps) {
  return (
    <section
      id={`settings-${id}`}
      tabIndex={-1}
      className="settings-section"
      aria-labelledby={`title-${id}`}
    >
      <h2 id={`title-${id}`}>{title}</h2>
      {children}
    </section>
  )
}

interface SettingProps {
  readonly name: string
  readonly note?: string
  readonly children?: ReactNode
}

function Setting({ name, note, children }: SettingProps) {
  return (
    <div className="setting">
      <div>
        <p className="setting-name">{name}</p>
        {note !== undefined && <p className="quiet small">{note}</p>}
      </div>
      {children !== undefined && <div className="setting-control">{children}</div>}
    </div>
  )
}

interface BandwidthFieldProps {
  readonly value: number | null
  readonly onSave: (bytesPerSecond: number | null) => void
}

const LEAST_BANDWIDTH = 10_000

function BandwidthField({ value, onSave }: BandwidthFieldProps) {
  const { t } = useTranslation()
  const noteId = useId()
  const [text, setText] = useState(value === null ? '' : String(Math.round(value / KIB)))
  const number = text.trim() === '' ? null : Number(text) * KIB
  const isGood = number === null || (Number.isFinite(number) && number >= LEAST_BANDWIDTH)
  const save = () => {
    const rounded = number === null ? null : Math.round(number)
    if (isGood && rounded !== value) onSave(rounded)
  }
  return (
    <div className="field">
      <div className="with-unit">
        <input
          className="input num"
          inputMode="numeric"
          value={text}
          placeholder={t('unlimited')}
          aria-label={t('bandwidth')}
          aria-invalid={!isGood}
          aria-describedby={isGood ? undefined : noteId}
          onChange={(event) => setText(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => event.key === 'Enter' && save()}
        />
        <span className="quiet">KB/s</span>
      </div>
      {!isGood && (
        <p id={noteId} className="field-note bad" role="alert">
          {t('bandwidthTooLow')}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  readonly onSave: (text: string) => void
}

function TextField({ label, value, placeholder, onSave }: TextFieldProps) {
  const [text, setText] = useState(value)
  const save = () => {
    if (text.trim() !== value) onSave(text)
  }
  return (
    <input
      className="input"
      spellCheck={false}
      aria-label={label}
      value={text}
      placeholder={placeholder}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  )
}
