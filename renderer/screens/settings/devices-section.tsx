import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { Device } from '#shared/contract/device-channels.ts'
import { formatWhen } from '#shared/text/format.ts'
import { bridge } from '../../data/bridge.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { copyText, toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from './setting.tsx'

/** The browsers that are signed in to this host, and the way in for one more. */
export function DevicesSection() {
  const t = useText()
  const [devices, setDevices] = useState<readonly Device[]>([])
  const [link, setLink] = useState<RequestOutput<'devices.link'>>()
  const load = async () => {
    const answer = await bridge.request('devices.list', {})
    if (answer.ok) setDevices(answer.value.devices)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the section is opened
  useEffect(() => {
    void load()
  }, [])
  const signOut = async (ids: string[]) => {
    const answer = await bridge.request('devices.sign-out', { ids })
    if (!answer.ok) toastError(answer.error)
    await load()
  }
  const makeLink = async () => {
    const answer = await bridge.request('devices.link', {})
    if (answer.ok) setLink(answer.value)
    else toastError(answer.error)
  }
  const others = devices.filter(({ isThis }) => !isThis).map(({ id }) => id)
  return (
    <Section id="devices" title={t('devices')}>
      <p className="quiet small section-note">{t('devicesNote')}</p>
      <ul className="account-list">
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} onSignOut={() => void signOut([device.id])} />
        ))}
      </ul>
      <div className="buttons">
        <Button icon="link" onClick={() => void makeLink()}>
          {t('anotherDevice')}
        </Button>
        {others.length > 1 && (
          <Button onClick={() => void signOut(others)}>{t('signOutOthers')}</Button>
        )}
      </div>
      {link !== undefined && (
        <LinkDialog
          link={link}
          onClose={() => {
            setLink(undefined)
            void load()
          }}
        />
      )}
    </Section>
  )
}

interface DeviceRowProps {
  readonly device: Device
  readonly onSignOut: () => void
}

function DeviceRow({ device, onSignOut }: DeviceRowProps) {
  const t = useText()
  const language = useLanguage()
  const { label, isThis, usedAtMs } = device
  const name = label === '' ? t('unknownDevice') : label
  return (
    <li className="account" aria-label={name}>
      <span className="avatar">
        <Icon name="screen" />
      </span>
      <div className="account-words">
        <p className="account-name">
          <span className="cut">{name}</span>
          {isThis && <span className="badge">{t('thisDevice')}</span>}
        </p>
        <p className="small quiet">{t('lastUsed', { time: formatWhen(usedAtMs, language) })}</p>
      </div>
      <div className="account-actions">
        <Button size="small" onClick={onSignOut}>
          {t('signOutDevice')}
        </Button>
      </div>
    </li>
  )
}

interface LinkDialogProps {
  readonly link: RequestOutput<'devices.link'>
  readonly onClose: () => void
}

function LinkDialog({ link, onClose }: LinkDialogProps) {
  const t = useText()
  const language = useLanguage()
  return (
    <Dialog
      title={t('anotherDevice')}
      onClose={onClose}
      foot={
        <Button kind="primary" icon="copy" onClick={() => void copyText(link.url)}>
          {t('copyLink')}
        </Button>
      }
    >
      <p className="field">
        {t('anotherDeviceNote', { time: formatWhen(link.expiresAtMs, language) })}
      </p>
      <input
        className="input code"
        readOnly
        aria-label={t('anotherDevice')}
        value={link.url}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  )
}
