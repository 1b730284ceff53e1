import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { describeFollowStep } from '#shared/text/describe-follow.ts'
import { bridge } from '../../data/bridge.ts'
import { useLanguage, useText } from '../../data/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastError } from '../../ui/feedback.ts'
import { Icon } from '../../ui/icon.tsx'
import { approveFollowing, folderName, stopFollowing } from './rule-actions.ts'
import type { ListedRule } from './use-rules.ts'

type Found = RequestOutput<'rules.follow-steps'>

const SHOWN = 200

interface FollowDialogProps {
  readonly rule: ListedRule
  readonly onClose: () => void
}

/** The changes that a watched folder is going to make in Feishu; a person may have to agree. */
export function FollowDialog({ rule, onClose }: FollowDialogProps) {
  const t = useText()
  const language = useLanguage()
  const [found, setFound] = useState<Found>()
  const { id, standing } = rule
  const pending = standing.follow?.pending

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when their number changes
  useEffect(() => {
    let isStale = false
    void bridge.request('rules.follow-steps', { id, offset: 0, limit: SHOWN }).then((answer) => {
      if (isStale) return
      if (answer.ok) setFound(answer.value)
      else toastError(answer.error)
    })
    return () => {
      isStale = true
    }
  }, [id, pending])

  const { stop = null, steps = [], total = 0 } = found ?? {}
  const isAsked = stop !== null || steps.some(({ state }) => state === 'left')
  const closing = (work: Promise<void>) => void work.then(onClose)
  return (
    <Dialog
      wide
      title={t('followTitle', { name: folderName(rule.folder) })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={() => closing(stopFollowing(rule))}>{t('followOff')}</Button>
          {isAsked && <Button onClick={onClose}>{t('close')}</Button>}
          <Button
            kind="primary"
            onClick={isAsked ? () => closing(approveFollowing(rule)) : onClose}
          >
            {t(isAsked ? 'followApprove' : 'close')}
          </Button>
        </>
      }
    >
      {stop !== null && (
        <div className="notice">
          <Icon name="alert" />
          <p>{t(`follow.stop-${stop.kind}`)}</p>
        </div>
      )}
      {found !== undefined && total === 0 && <p className="quiet">{t('follow.nothing')}</p>}
      <ul className="problems">
        {steps.map((step) => (
          <li key={step.id}>
            <Icon name={step.state === 'left' ? 'alert' : 'clock'} />
            <p>{describeFollowStep(step, language)}</p>
          </li>
        ))}
        {total > SHOWN && <li className="quiet small">{t('andMore', { count: total - SHOWN })}</li>}
      </ul>
    </Dialog>
  )
}
