import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { RuleStanding } from '#shared/contract/rule-channels.ts'
import { bridge } from '../../data/bridge.ts'
import { useLive } from '../../data/live.ts'

export type ListedRule = RequestOutput<'rules.list'>['rules'][number]

interface Rules {
  /** Undefined until they are there. */
  readonly rules: readonly ListedRule[] | undefined
  readonly failed: boolean
  readonly tryAgain: () => void
}

/** The watched folders, as the host has them at any moment. */
export function useRules(): Rules {
  const revision = useLive((live) => live.rules.revision)
  const standings = useLive((live) => live.rules.standings)
  const [listed, setListed] = useState<readonly ListedRule[]>()
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever either has risen
  useEffect(() => {
    let isStale = false
    void bridge.request('rules.list', {}).then((answer) => {
      if (isStale) return
      setFailed(!answer.ok)
      if (answer.ok) setListed(answer.value.rules)
    })
    return () => {
      isStale = true
    }
  }, [revision, attempt])

  return {
    rules: listed?.map((rule) => withStanding(rule, standings?.[rule.id])),
    failed,
    tryAgain: () => setAttempt(attempt + 1),
  }
}

/** The live state is ahead of the list: what is shown, and acted on, is one moment. */
function withStanding(rule: ListedRule, standing: RuleStanding | undefined): ListedRule {
  if (standing === undefined) return rule
  return { ...rule, standing, enabled: standing.state.kind !== 'paused' }
}
