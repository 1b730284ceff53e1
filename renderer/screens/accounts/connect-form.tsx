import { useState } from 'react'
import type { Brand } from '#shared/model/account.ts'
import { useApp } from '../../data/app.ts'
import { useText } from '../../data/text.ts'
import { Segments } from '../../ui/segments.tsx'
import { AccountForm } from './account-form.tsx'
import { ScanForm } from './scan-form.tsx'

interface ConnectFormProps {
  /** Chosen before; absent: chosen here. */
  readonly brand?: Brand
  readonly onDone?: () => void
}

/** The two ways to connect: an app by a scan, or one that was set up by hand. */
export function ConnectForm({ brand, onDone }: ConnectFormProps) {
  const t = useText()
  const { accounts, apps } = useApp().accounts
  const hasApp = apps.length > 0 || accounts.some(({ appId }) => appId !== null)
  const [way, setWay] = useState<'scan' | 'manual'>(hasApp ? 'manual' : 'scan')
  return (
    <div className="connect">
      <Segments
        label={t('howToConnect')}
        value={way}
        options={[
          { value: 'scan', label: t('wayScan') },
          { value: 'manual', label: t('wayManual') },
        ]}
        onChange={setWay}
      />
      {way === 'scan' ? (
        <ScanForm onDone={onDone} />
      ) : (
        <AccountForm {...(brand && { brand })} {...(onDone && { onDone })} />
      )}
    </div>
  )
}
