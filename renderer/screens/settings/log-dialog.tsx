import { useEffect, useRef, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { bridge } from '../../data/bridge.ts'
import { explainError } from '../../data/explain-error.ts'
import { saveAsFile } from '../../data/save-as-file.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

/**
 * The most lines shown. More would be slow to draw and too long to read in a dialog; the download
 * has the rest.
 */
const MOST_SHOWN = 500

/** The end of the log, newest line at the bottom, as a terminal shows it. */
export function LogDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const language = useLanguage()
  const [log, setLog] = useState<RequestOutput<'diagnostics.log'>>()
  const [error, setError] = useState<string>()
  const [wanted, setWanted] = useState('')
  const box = useRef<HTMLOListElement>(null)

  const ask = async () => {
    const answer = await bridge.request('diagnostics.log', {})
    if (answer.ok) setLog(answer.value)
    else setError(explainError(answer.error, language).message)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => void ask(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is something new at the end
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [log])

  const lines = (log?.text ?? '').split('\n').filter((line) => line !== '')
  const matching = lines.filter((line) => line.toLowerCase().includes(wanted.toLowerCase()))
  const shown = matching.slice(-MOST_SHOWN)
  return (
    <Dialog
      wide
      title={t('log')}
      onClose={onClose}
      foot={
        <>
          <input
            className="input log-search"
            type="search"
            aria-label={t('searchLog')}
            placeholder={t('searchLog')}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
          <Button icon="retry" onClick={() => void ask()}>
            {t('refresh')}
          </Button>
          <Button
            icon="download"
            disabled={lines.length === 0}
            onClick={() =>
              log !== undefined && saveAsFile(log.fileName, log.text, 'text/plain;charset=utf-8')
            }
          >
            {t('download')}
          </Button>
        </>
      }
    >
      {error !== undefined && <p className="bad">{error}</p>}
      {log !== undefined && shown.length === 0 && (
        <p className="quiet log-empty">{lines.length === 0 ? t('logEmpty') : t('logNoMatch')}</p>
      )}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
        <ol ref={box} className="log-lines" tabIndex={0} aria-label={t('log')}>
          {shown.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name and never move
            <li key={index} className={levelOf(line)}>
              {line}
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  )
}

/** The second word of a line. */
function levelOf(line: string): string {
  return /^\S+ (error|warn|info|debug)\b/.exec(line)?.[1] ?? 'info'
}
