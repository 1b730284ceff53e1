import { useEffect, useState } from 'react'
import type { InstallView } from '#shared/contract/update-channels.ts'
import { safeText } from '#shared/text/safe-text.ts'
import { reloadInfo, useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { toast } from '../../ui/toasts.tsx'
import { LockedNote } from './locked-note.tsx'
import { setSettings } from './set-settings.ts'
import { SwitchSetting } from './setting.tsx'

const LOOK_EVERY_MS = 1_000

/** The switch for asking, and a newer version; absent where Feidi was built without a feed. */
export function Updates() {
  const t = useText()
  const { info, settings } = useApp()
  const [isLooking, setLooking] = useState(false)
  const step = info.updates?.install?.step
  useEffect(() => {
    if (step !== 'downloading' && step !== 'waiting') return
    const timer = setInterval(() => void reloadInfo(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [step])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => {
    if (info.updates !== null) void reloadInfo()
  }, [])
  if (info.updates === null) return null
  const { newer, install } = info.updates
  const isLocked = info.policy?.locked.includes('checkForUpdates') ?? false
  const look = async () => {
    setLooking(true)
    const answer = await bridge.request('updates.look', {})
    setLooking(false)
    const error = answer.ok ? answer.value.error : answer.error
    if (error !== null) return toastError(error)
    await reloadInfo()
    toast(t('versionsLooked'))
  }
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
            <div className="update-steps">
              {install === null ? <p>{t('updateByHand')}</p> : <Steps install={install} />}
            </div>
          </div>
        </div>
      )}
      {install !== null && <Failure error={install.error} />}
      <SwitchSetting
        name={t('checkForUpdates')}
        note={isLocked ? <LockedNote /> : t('checkForUpdatesNote')}
        isLocked={isLocked}
        isOn={settings.checkForUpdates}
        onChange={(isOn) => setSettings({ checkForUpdates: isOn })}
      />
      {settings.checkForUpdates && (
        <div className="buttons look-for-versions">
          <Button disabled={isLooking} onClick={() => void look()}>
            {t('lookForVersions')}
          </Button>
        </div>
      )}
    </>
  )
}

type Act = 'updates.download' | 'updates.install' | 'updates.stop'

async function act(channel: Act): Promise<void> {
  const answer = await bridge.request(channel, {})
  if (!answer.ok) toastError(answer.error)
  await reloadInfo()
}

/** The way from a version that is named to one that runs; each step waits for the person. */
function Steps({ install: { step, percent } }: { readonly install: InstallView }) {
  const t = useText()
  const stop = <Button onClick={() => void act('updates.stop')}>{t('cancel')}</Button>
  switch (step) {
    case 'offered':
      return (
        <Button kind="primary" onClick={() => void act('updates.download')}>
          {t('updateDownload')}
        </Button>
      )
    case 'downloading':
      return (
        <>
          <p>{`${t('updateDownloading')} · ${Math.floor(percent)}%`}</p>
          <ProgressBar share={percent / 100} label={t('updateDownloading')} />
          {stop}
        </>
      )
    case 'ready':
      return (
        <>
          <p>{t('updateReady')}</p>
          <Button kind="primary" onClick={() => void act('updates.install')}>
            {t('updateInstall')}
          </Button>
        </>
      )
    case 'waiting':
      return (
        <>
          <p>{t('updateWaits')}</p>
          {stop}
        </>
      )
  }
}

function Failure({ error }: Pick<InstallView, 'error'>) {
  const language = useLanguage()
  if (error === null) return null
  return (
    <div className="notice bad" role="alert">
      <Icon name="alert" />
      <p>{errorText(error, language)}</p>
    </div>
  )
}

/** Words of others, line by line. */
function plainLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => safeText(line))
    .join('\n')
}
