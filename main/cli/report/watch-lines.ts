import { explain } from '#shared/errors/explain.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type {
  WaitingReason,
  WatchProblem,
  WatchRule,
  WatchState,
} from '#shared/model/watch-rule.ts'
import { describeWatchState } from '#shared/text/describe.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import type { PlaceSpeech } from '../place-text.ts'
import { ruleWords } from '../rule-words.ts'
import { advice, shortPath } from './human-lines.ts'

const SCANNING_EVERY_MS = 5_000

/** Rule states worth a line of their own: counts that only grow are not. */
export class RuleLines {
  readonly #speech: PlaceSpeech
  readonly #shown = new Map<string, { kind: WatchState['kind']; atMs: number }>()

  constructor(speech: PlaceSpeech) {
    this.#speech = speech
  }

  lineFor(rule: WatchRule, state: WatchState, to: PlaceName): string | undefined {
    const { kind } = state
    const { language } = this.#speech
    const shown = this.#shown.get(rule.id)
    const nowMs = performance.now()
    const isNews = kind === 'scanning' ? nowMs - (shown?.atMs ?? 0) > SCANNING_EVERY_MS : true
    if (shown?.kind === kind && (kind !== 'scanning' || !isNews)) return undefined
    this.#shown.set(rule.id, { kind, atMs: nowMs })
    const said = `● ${ruleWords(rule, to, this.#speech)}  ${describeWatchState(state, language)}`
    if (kind !== 'root-replaced') return said
    return t(language, 'cli.confirmHint', { state: said, rule: rule.id })
  }
}

export function ruleProblemLines({ path, error }: WatchProblem, language: Language): string[] {
  const { message } = explain(error, language, { final: true })
  return [`✗ ${shortPath(path)}  ${message}`, ...advice(error, language)]
}

export function unsettledLine(path: string, reason: WaitingReason, language: Language): string {
  return `… ${shortPath(path)}  ${t(language, `unsettled.${reason}`)}`
}
