import { followOfRules } from '#main/app/watching/follow-of-home.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { describeFollowStep } from '#shared/text/describe-follow.ts'
import { t } from '#shared/text/t.ts'
import type { Session } from './session.ts'

/** Says what rules that follow mean to do in Feishu. */
export function sayFollow({ settings, output }: Session, rules: readonly WatchRule[]): void {
  const { home, language, json, quiet } = settings
  const following = rules.filter(({ follow }) => follow)
  for (const [at, { stop, steps }] of followOfRules(home, following).entries()) {
    if (json) {
      const rule = following[at]?.id
      if (stop !== null) output.json({ type: 'follow-stop', rule, ...stop })
      for (const step of steps) output.json({ type: 'follow', rule, ...step })
      continue
    }
    if (quiet) continue
    if (stop !== null) output.say(`    ${t(language, `follow.stop-${stop.kind}`)}`)
    else if (steps.length === 0) output.say(`    ${t(language, 'follow.nothing')}`)
    for (const step of steps) output.say(`    ${describeFollowStep(step, language)}`)
  }
}
