import { useEffect, useEffectEvent, useState } from 'react'
import type { RequestInput } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/model/error-info.ts'
import type { DestinationKind } from '#shared/model/transfer.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { useApp } from '../../data/app.ts'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { CheckLabel } from '../../ui/check-label.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastError } from '../../ui/feedback.ts'
import { FileIcon } from '../../ui/file-icon.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Segments } from '../../ui/segments.tsx'
import { AccountField } from '../accounts/account-field.tsx'
import { DestinationField } from '../destination/destination-field.tsx'
import type { DocumentWishes } from '../destination/document-fields.tsx'
import { type Handling, HandlingFields } from '../destination/handling-fields.tsx'
import { isNobodyOrPerson } from '../destination/person-field.tsx'
import type { RuleBegun } from '../rules/rule-draft.ts'
import { ForecastNote, useForecast } from './forecast.tsx'
import { oneFolder, type Pending, pendingCount } from './pending.ts'
import { sayAdded } from './say-added.ts'
import { sendInBackground } from './send-in-background.ts'
import { SensitiveQuestion, useSensitive } from './sensitive-question.tsx'

const NAMES_SHOWN = 4

interface AddDialogProps {
  readonly pending: Pending
  readonly onClose: () => void
  /** The folder is to be kept uploaded, with what has been said about it so far. */
  readonly onKeep: (begun: RuleBegun) => void
}

/** The last question before files go into the queue: where to. Enter confirms. */
export function AddDialog({ pending, onClose, onKeep }: AddDialogProps) {
  const t = useText()
  const [text, setText] = useState(pending.destination ?? '')
  const [resolved, setResolved] = useState<{ text: string; kind: DestinationKind }>()
  const [sameName, setSameName] = useState<'keep-both' | 'skip' | 'overwrite'>('keep-both')
  const [shareWith, setShareWith] = useState('')
  const [asDocument, setAsDocument] = useState<DocumentWishes>()
  const [again, setAgain] = useState(false)
  const [allowSensitive, setAllowSensitive] = useState(false)
  const sensitive = useSensitive(pending)
  const [wanted, setWhat] = useState<'once' | 'keep'>('once')
  const [isBusy, setIsBusy] = useState(false)
  const { accounts } = useApp().accounts
  const [account, setAccount] = useState<string>()
  const count = pendingCount(pending)
  const folder = oneFolder(pending)
  // More may have been handed over since it was chosen.
  const what = folder === undefined ? 'once' : wanted
  const knowsPerson = isNobodyOrPerson(shareWith)
  // The first one is in use, and is what happens without a choice.
  const chosen = account !== undefined && account !== accounts[0]?.identity && { account }

  const forecast = useForecast(
    resolved === undefined || what === 'keep' || pending.paths.length === 0
      ? undefined
      : {
          paths: [...pending.paths],
          destination: resolved.text,
          handling: handlingOf(resolved.kind, sameName, knowsPerson ? shareWith : '', asDocument),
          ...chosen,
          again,
          allowSensitive,
        },
  )
  // Known beforehand to be refused, all of it: there is nothing to add.
  const isHopeless =
    forecast?.complete === true &&
    pending.files.length === 0 &&
    forecast.refused > 0 &&
    forecast.files + forecast.unchanged === 0
  const isReady = knowsPerson && !isHopeless
  /** Enter was pressed while the place was still looked up. */
  const [isEarly, setEarly] = useState(false)
  const submitEarly = useEffectEvent(() => {
    setEarly(false)
    if (isEarly) void submit()
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the text has a meaning
  useEffect(() => submitEarly(), [resolved])

  const submit = async () => {
    if (resolved === undefined || isBusy || !isReady) return
    if (what === 'keep') {
      onKeep({ folder: folder ?? '', destination: resolved.text, ...chosen })
      return
    }
    const asked = {
      paths: [...pending.paths],
      uploads: [] as string[],
      destination: resolved.text,
      handling: handlingOf(resolved.kind, sameName, shareWith, asDocument),
      ...chosen,
      again,
      allowSensitive,
    }
    if (pending.files.length > 0) {
      sendInBackground(pending.files, (uploads) => addToQueue({ ...asked, uploads }, pending))
      onClose()
      return
    }
    setIsBusy(true)
    const error = await addToQueue(asked, pending)
    setIsBusy(false)
    if (error === undefined) onClose()
    else toastError(error)
  }

  return (
    <Dialog
      title={count === 1 ? t('whereToOne') : t('whereTo')}
      onClose={onClose}
      onSubmit={() => void submit()}
      foot={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="submit"
            kind="primary"
            icon={what === 'keep' ? 'right' : 'upload'}
            disabled={resolved === undefined || isBusy || !isReady}
          >
            {submitWords()}
          </Button>
        </>
      }
    >
      <PendingNames pending={pending} />
      {folder !== undefined && (
        <div className="once-or-keep">
          <Segments
            label={t('uploadOrKeep')}
            value={what}
            options={[
              { value: 'once', label: t('uploadOnce') },
              { value: 'keep', label: t('keepUploaded') },
            ]}
            onChange={setWhat}
          />
          {what === 'keep' && <p className="field-note">{t('keepUploadedNote')}</p>}
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a form does not hear Enter while its button is disabled */}
      <div onKeyDown={(event) => setEarly(event.key === 'Enter' && resolved === undefined)}>
        <DestinationField
          value={text}
          onChange={setText}
          account={chosen ? chosen.account : undefined}
          onResolved={(found, kind) => {
            const place = found !== undefined && kind !== undefined && { text: found, kind }
            if (!place) setEarly(false)
            setResolved(place || undefined)
          }}
        />
      </div>
      <AccountField value={account} onChange={setAccount} />
      {resolved !== undefined && what === 'once' && (
        <HandlingFields
          kind={resolved.kind}
          {...{ sameName, shareWith, asDocument }}
          onSameName={setSameName}
          onShareWith={setShareWith}
          onAsDocument={setAsDocument}
        />
      )}
      {what === 'once' && (
        <CheckLabel isOn={again} onChange={(isOn) => setAgain(isOn)}>
          {t('uploadAgain')}
        </CheckLabel>
      )}
      {what === 'once' && (
        <SensitiveQuestion
          found={sensitive}
          isAllowed={allowSensitive}
          onAllow={setAllowSensitive}
        />
      )}
      {resolved !== undefined && what === 'once' && pending.paths.length > 0 && (
        <ForecastNote forecast={forecast} />
      )}
    </Dialog>
  )

  function submitWords(): string {
    if (what === 'keep') return t('continueToRule')
    return pending.paths.length > 0 ? t('upload') : t('uploadCount', { count })
  }
}

/** @returns what went wrong; otherwise the person is told what was added */
async function addToQueue(
  asked: RequestInput<'queue.add'>,
  { onAdded }: Pending,
): Promise<ErrorInfo | undefined> {
  const answer = await bridge.request('queue.add', asked)
  if (!answer.ok) return answer.error
  // A file from the browser was handed over once, and is gone.
  const canRepeat = asked.uploads.length === 0 && !asked.again
  sayAdded(answer.value, canRepeat ? () => void addAgain(asked) : undefined)
  onAdded?.()
  return undefined
}

async function addAgain(asked: RequestInput<'queue.add'>): Promise<void> {
  const answer = await bridge.request('queue.add', { ...asked, again: true })
  if (answer.ok) sayAdded(answer.value, undefined)
  else toastError(answer.error)
}

/** Only Drive keeps files of the same name, lets a person be named, and has documents made in its folders. */
function handlingOf(
  kind: DestinationKind,
  sameName: 'keep-both' | 'skip' | 'overwrite',
  shareWith: string,
  asDocument: DocumentWishes | undefined,
): Handling {
  const isDrive = kind === 'folder' || kind === 'page' || kind === 'file'
  const canTell = kind === 'folder' || (kind === 'page' && sameName === 'skip')
  return {
    ...(canTell && sameName !== 'keep-both' && { sameName }),
    ...(isDrive && shareWith !== '' && { shareWith }),
    ...(kind === 'folder' && asDocument && { asDocument }),
  }
}

function PendingNames({ pending }: { readonly pending: Pending }) {
  const t = useText()
  const names = [
    ...pending.paths.map((path) => ({
      key: path,
      name: path.split(/[\\/]/).at(-1) ?? path,
      bytes: undefined,
    })),
    ...pending.files.map((file) => ({ key: file.name, name: file.name, bytes: file.size })),
  ]
  const more = names.length - NAMES_SHOWN
  return (
    <ul className="pending">
      {names.slice(0, NAMES_SHOWN).map(({ key, name, bytes }) => (
        <li key={key} title={key}>
          {pending.folders?.includes(key) ? <Icon name="folder" /> : <FileIcon name={name} />}
          <span className="cut">{name}</span>
          {bytes !== undefined && <span className="num quiet small">{formatBytes(bytes)}</span>}
        </li>
      ))}
      {more > 0 && <li className="quiet small">{t('andMore', { count: more })}</li>}
    </ul>
  )
}
