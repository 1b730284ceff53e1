import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { formatMoment } from '#shared/text/format.ts'
import { bridge } from '../../data/bridge.ts'
import { errorText } from '../../data/explain-error.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { folderName } from './rule-actions.ts'
import type { ListedRule } from './use-rules.ts'

type Problems = RequestOutput<'rules.problems'>
type Problem = Problems['problems'][number]

const SHOWN = 200

interface ProblemsDialogProps {
  readonly rule: ListedRule
  readonly onClose: () => void
}

/** Files of a watched folder that have not gone up, each with the reason. */
export function ProblemsDialog({ rule, onClose }: ProblemsDialogProps) {
  const t = useText()
  const language = useLanguage()
  const [found, setFound] = useState<Problems>()
  const { id, standing } = rule
  const { waiting, failed } = standing.counts

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when their number changes
  useEffect(() => {
    let isStale = false
    void bridge.request('rules.problems', { id, offset: 0, limit: SHOWN }).then((answer) => {
      if (isStale) return
      if (answer.ok) setFound(answer.value)
      else toastError(answer.error)
    })
    return () => {
      isStale = true
    }
  }, [id, waiting, failed])

  const more = (found?.total ?? 0) - SHOWN
  return (
    <Dialog
      wide
      title={t('problemsOf', { name: folderName(rule.folder) })}
      onClose={onClose}
      foot={
        <Button kind="primary" onClick={onClose}>
          {t('close')}
        </Button>
      }
    >
      {found?.total === 0 && (
        <div className="notice good">
          <Icon name="check" />
          <p>{t('noProblems')}</p>
        </div>
      )}
      <ul className="problems">
        {found?.problems.map((problem) => (
          <li key={`${problem.kind} ${problem.path}`}>
            <Icon name={problem.kind === 'waiting' ? 'clock' : 'alert'} />
            <div>
              <p className="code">{problem.path}</p>
              <p className="quiet">{reasonOf(problem)}</p>
            </div>
          </li>
        ))}
        {more > 0 && <li className="quiet small">{t('andMore', { count: more })}</li>}
      </ul>
    </Dialog>
  )

  function reasonOf(problem: Problem): string {
    if (problem.kind === 'refused') return errorText(problem.error, language)
    const time = formatMoment(problem.sinceMs, language)
    return t('waitingSince', { why: t(`unsettled.${problem.reason}`), time })
  }
}
