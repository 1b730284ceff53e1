import { useState } from 'react'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { saveAsFile } from '../../data/save-as-file.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { CheckLabel } from '../../ui/check-label.tsx'
import { toastError } from '../../ui/feedback.ts'
import { LogDialog } from './log-dialog.tsx'
import type { SetSettings } from './set-settings.ts'
import { Section, Setting, SwitchSetting } from './setting.tsx'

export function DiagnosticsSection({ onSet }: { readonly onSet: SetSettings }) {
  const t = useText()
  const { settings, info } = useApp()
  const [withFileNames, setWithFileNames] = useState(false)
  const [isLogOpen, setLogOpen] = useState(false)
  return (
    <Section id="diagnostics" title={t('diagnostics')}>
      <Setting name={t('log')} note={t('logNote')}>
        <div className="buttons">
          <Button icon="list" onClick={() => setLogOpen(true)}>
            {t('viewLog')}
          </Button>
          {info.capabilities.reveal && (
            <Button icon="folder" onClick={() => void reveal('log')}>
              {t('showInFolder')}
            </Button>
          )}
        </div>
      </Setting>
      <SwitchSetting
        name={t('detailedLog')}
        note={t('detailedLogNote')}
        isOn={settings.detailedLog}
        onChange={(isOn) => onSet({ detailedLog: isOn })}
      />
      <Setting
        name={t('exportDiagnostics')}
        note={
          <>
            {t('exportDiagnosticsNote')}
            <CheckLabel isOn={withFileNames} onChange={(isOn) => setWithFileNames(isOn)}>
              {t('withFileNames')}
            </CheckLabel>
          </>
        }
      >
        <Button icon="download" onClick={() => void exportDiagnostics(withFileNames)}>
          {t('export')}
        </Button>
      </Setting>
      {isLogOpen && <LogDialog onClose={() => setLogOpen(false)} />}
    </Section>
  )
}

/** Shows a place of Feidi's own in the file manager. */
export async function reveal(place: 'home' | 'log'): Promise<void> {
  const answer = await bridge.request('diagnostics.reveal', { place })
  if (!answer.ok) toastError(answer.error)
}

async function exportDiagnostics(withFileNames: boolean): Promise<void> {
  const answer = await bridge.request('diagnostics.export', { withFileNames })
  if (answer.ok) saveAsFile(answer.value.fileName, answer.value.text, 'text/plain;charset=utf-8')
  else toastError(answer.error)
}
