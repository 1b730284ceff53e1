/** One-line descriptions of what rules that follow mean to do in Feishu. */
import { explain } from '../errors/explain.ts'
import type { FollowStep, RemotePlace } from '../model/follow.ts'
import { formatWhen } from './format.ts'
import type { Language } from './language.ts'
import { safeText } from './safe-text.ts'
import { t } from './t.ts'

/** Returns what a step does, or why it was left. */
export function describeFollowStep(step: FollowStep, language: Language): string {
  const { kind, path, from, to, dueAtMs, error } = step
  const name = safeText(kind === 'replace' ? path : pathOf(from))
  if (step.state === 'left' && error !== null) {
    const reason = explain(error, language, { final: true }).message
    return t(language, 'follow.left', { name, reason })
  }
  if (kind === 'replace') return t(language, 'follow.replace', { name })
  if (to === null) {
    if (dueAtMs === null) return t(language, 'follow.trash-later', { name })
    return t(language, 'follow.trash', { name, when: formatWhen(dueAtMs, language) })
  }
  return t(language, `follow.${kind}`, { name, to: safeText(pathOf(to)) })
}

function pathOf({ folders, name }: RemotePlace): string {
  return [...folders, name].join('/')
}
