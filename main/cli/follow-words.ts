import { followOfRules } from '#main/app/watching/follow-of-home.ts'
import type { FollowStanding } from '#shared/model/follow.ts'
import type { WatchRule } from '#shared/model/watch-rule.ts'
import { describeFollowStep } from '#shared/text/describe-follow.ts'
import { t } from '#shared/text/t.ts'
import type { Session } from './session.ts'

/** Says what rules that follow mean to do in Feishu by now. */
export function sayFollow(session: Session, rules: readonly WatchRule[]): void {
  const following = rules.filter(({ follow }) => follow)
  const standings = followOfRules(session.settings.home, following)
  sayStandings(
    session,
    standings.map((standing, at) => [following[at] as WatchRule, standing]),
  )
}

/** Says what rules mean to do in Feishu. */
export function sayStandings(
  { settings, output }: Session,
  standings: readonly (readonly [WatchRule, FollowStanding])[],
): void {
  const { language, json, quiet } = settings
  for (const [{ id: rule }, { stop, steps }] of standings) {
    if (json) {
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
