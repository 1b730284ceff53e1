import type { TransferRow } from '#shared/contract/value-schemas.ts'
import type { Candidate } from '#shared/model/error-info.ts'
import { formatMoment } from '#shared/text/format.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { openLink } from '../../ui/feedback.ts'
import { confirmMine } from '../queue/row-actions.ts'

interface CandidatesProps {
  readonly row: TransferRow
  readonly candidates: readonly Candidate[]
}

/** Files in Feishu that may be this one: the person looks at them, and says which is theirs. */
export function Candidates({ row, candidates }: CandidatesProps) {
  const t = useText()
  const language = useLanguage()
  return (
    <ul className="candidates" aria-label={t('filesInQuestion')}>
      {candidates.map(({ fileToken, url, createdAtMs }) => (
        <li key={fileToken}>
          <span className="cut">{row.fileName}</span>
          {createdAtMs !== undefined && (
            <span className="small quiet">{formatMoment(createdAtMs, language)}</span>
          )}
          <div className="buttons">
            {url !== undefined && (
              <Button size="small" icon="external" onClick={() => openLink(url)}>
                {t('openInFeishu')}
              </Button>
            )}
            <Button size="small" icon="check" onClick={() => void confirmMine(row.id, fileToken)}>
              {t('thisIsMine')}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  )
}
