import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { PROOF_FILE_BYTES, suspicionOf } from '#shared/model/sensitive.ts'
import { bridge } from '../../data/bridge.ts'
import { useText } from '../../data/text.ts'
import { CheckLabel } from '../../ui/check-label.tsx'
import type { Pending } from './pending.ts'

type Found = RequestOutput<'queue.sensitive'>

const NONE: Found = { count: 0, named: [] }

/** Returns the pending files that may better not be shared, as far as known yet. */
export function useSensitive({ paths, files }: Pending): Found {
  const [found, setFound] = useState(NONE)
  useEffect(() => {
    let isCurrent = true
    void Promise.all([amongPaths(paths), amongFiles(files)]).then((both) => {
      if (!isCurrent) return
      const named = both.flatMap((each) => each.named)
      setFound({ count: both.reduce((sum, { count }) => sum + count, 0), named })
    })
    return () => {
      isCurrent = false
    }
  }, [paths, files])
  return found
}

interface SensitiveQuestionProps {
  readonly found: Found
  readonly isAllowed: boolean
  readonly onAllow: (isAllowed: boolean) => void
}

/** Names what stays here, unless the person says otherwise. */
export function SensitiveQuestion({ found, isAllowed, onAllow }: SensitiveQuestionProps) {
  const t = useText()
  const { count, named } = found
  if (count === 0) return null
  return (
    <div className="field">
      <p className="field-note" role="status">
        {t('sensitiveFound', { count })}
      </p>
      <ul className="pending">
        {named.map(({ path, kind }) => (
          <li key={path} title={path}>
            <bdi className="cut">{path.split(/[\\/]/).at(-1)}</bdi>
            <span className="quiet small">{t(`sensitive.${kind}`)}</span>
          </li>
        ))}
      </ul>
      <CheckLabel isOn={isAllowed} onChange={(isOn) => onAllow(isOn)}>
        {t('sensitiveAllow')}
      </CheckLabel>
    </div>
  )
}

async function amongPaths(paths: readonly string[]): Promise<Found> {
  if (paths.length === 0) return NONE
  const answer = await bridge.request('queue.sensitive', { paths: [...paths] })
  return answer.ok ? answer.value : NONE
}

async function amongFiles(files: readonly File[]): Promise<Found> {
  const named: Found['named'] = []
  for (const file of files) {
    const { kind, proof } = suspicionOf(file.name) ?? {}
    if (kind === undefined) continue
    const isProven =
      proof === undefined || (file.size <= PROOF_FILE_BYTES && proof.test(await file.text()))
    if (isProven) named.push({ path: file.name, kind })
  }
  return { count: named.length, named }
}
