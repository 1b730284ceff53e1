import type { TimelineEntry } from '#shared/contract/transfer-channels.ts'
import { explain } from '#shared/errors/explain.ts'
import { describeDocumentNote, waitWords } from '#shared/text/describe.ts'
import { formatClock, formatDay, formatWhen, startOfDay } from '#shared/text/format.ts'
import type { Language } from '#shared/text/language.ts'
import { formatBytes } from '#shared/text/numbers.ts'
import { safeText } from '#shared/text/safe-text.ts'
import { say, useLanguage, useText } from '../../data/text.ts'

interface TimelineProps {
  readonly entries: readonly TimelineEntry[]
  readonly omitted: number
}

/** The first entries stay when a long history loses its middle. */
const LEADING = 3

export function Timeline({ entries, omitted }: TimelineProps) {
  const t = useText()
  const language = useLanguage()
  const told = folded(entries, omitted > 0)
  if (entries.length === 0) return <p className="quiet small">{t('noTimeline')}</p>
  return (
    <ol className="timeline">
      {told.map(({ entry, first, times }, index) => {
        const before = told[index - 1]?.entry
        const isNewDay = before === undefined || startOfDay(before.atMs) !== startOfDay(entry.atMs)
        return (
          <li key={`${entry.atMs} ${entry.kind}`} className={`event ${toneOf(entry)}`}>
            {omitted > 0 && first === LEADING && (
              <p className="quiet small">{t('omittedEntries', { count: omitted })}</p>
            )}
            {isNewDay && <p className="event-day small quiet">{formatDay(entry.atMs, language)}</p>}
            <div className="event-line">
              <time className="num small quiet" dateTime={new Date(entry.atMs).toISOString()}>
                {formatClock(entry.atMs)}
              </time>
              <span className="event-text">
                {words(entry, times, language)}
                {'error' in entry && entry.error.logId !== undefined && (
                  <span className="code quiet"> {entry.error.logId}</span>
                )}
              </span>
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** Takes tries that failed one after another for the same reason together, at the time of the last. */
function folded(entries: readonly TimelineEntry[], hasGap: boolean) {
  const told: { entry: TimelineEntry; first: number; times: number }[] = []
  for (const [index, entry] of entries.entries()) {
    const last = told.at(-1)
    const isSame =
      last?.entry.kind === 'retried' &&
      entry.kind === 'retried' &&
      last.entry.error.code === entry.error.code &&
      !(hasGap && index === LEADING)
    if (isSame) told[told.length - 1] = { ...last, entry, times: last.times + 1 }
    else told.push({ entry, first: index, times: 1 })
  }
  return told
}

function toneOf(entry: TimelineEntry): string {
  switch (entry.kind) {
    case 'done':
      return 'good'
    case 'failed':
      return 'bad'
    case 'blocked':
      return 'attention'
    default:
      return 'calm'
  }
}

function words(entry: TimelineEntry, times: number, language: Language): string {
  switch (entry.kind) {
    case 'queued':
      return say('eventQueued')
    case 'prepared':
      return say('eventPrepared', {
        count: entry.partCount,
        size: formatBytes(entry.partBytes),
      })
    case 'parts':
      return entry.from === entry.to
        ? say('eventPart', { n: entry.from + 1 })
        : say('eventParts', {
            from: entry.from + 1,
            to: entry.to + 1,
          })
    case 'retried':
      return say('eventRetried', { count: times, why: explain(entry.error, language).message })
    case 'resumed':
      return say('note.resumed', { part: entry.seq + 1 })
    case 'restarted':
      return entry.because === 'file-changed'
        ? say('note.fileChanged')
        : say('note.transactionOver')
    case 'too-slow':
      return say('note.tooSlow')
    case 'deadline-near':
      return say('note.deadlineNear', { when: formatWhen(entry.untilMs, language) })
    case 'waiting':
      return waitWords(entry.reason, entry.error.code, language)
    case 'kept-both':
      return keptWords(entry)
    case 'vanished':
      return say('eventVanished')
    case 'replaced-other':
      return say('note.replacedOther')
    case 'block-left':
      return say('note.blockLeft')
    case 'cut':
    case 'as-file':
    case 'maybe-twice':
      return describeDocumentNote(entry, language)
    case 'attaching':
      return say('eventAttaching')
    case 'paused':
      return say('eventPaused')
    case 'continued':
      return say(entry.by === 'retry' ? 'eventRetriedByPerson' : 'eventContinued')
    case 'cancelled':
      return say('eventCancelled')
    case 'done':
      return say('eventDone')
    case 'blocked':
    case 'failed':
    case 'skipped':
      return explain(entry.error, language, { final: true }).message
  }
}

function keptWords({ because, heldBy }: Extract<TimelineEntry, { kind: 'kept-both' }>): string {
  const words = say(`kept.${because}`)
  return heldBy === undefined ? words : say('note.about', { words, path: safeText(heldBy) })
}
