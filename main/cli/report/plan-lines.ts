import type { PlanTotals } from '#main/app/run/reporter.ts'
import { explain } from '#shared/errors/explain.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Preview, PreviewVerdict } from '#shared/model/preview.ts'
import { describeLeftOut } from '#shared/text/describe.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { type CallCounts, totalCalls } from '#shared/transfer/call-cost.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { type PlaceSpeech, placeText } from '../place-text.ts'
import { formatBytes } from '../units.ts'
import { shortPath } from './human-lines.ts'
import { planLines } from './outlook-lines.ts'

/** Returns one line about what would become of a file. */
export function planLine(preview: Preview, to: PlaceName, speech: PlaceSpeech): string {
  const { language } = speech
  const { path, sizeBytes, verdict, calls, sameName, document, warning } = preview
  if ('error' in verdict) {
    const { message } = explain(verdict.error, language, { final: true })
    return `${verdict.action === 'skip' ? '-' : '✗'} ${shortPath(path)}  ${message}`
  }
  if ('leftOut' in verdict) {
    return `- ${shortPath(path)}  ${describeLeftOut(verdict.leftOut, language)}`
  }
  const reasons = [
    reasonOf(verdict),
    ...(document === undefined ? [] : (['document'] as const)),
    ...(sameName === undefined ? [] : [sameName]),
  ]
  const words = t(language, 'plan.calls', {
    reasons: reasons
      .map((reason) => t(language, `plan.${reason}`))
      .join(t(language, 'plan.separator')),
    count: totalCalls(calls),
  })
  return `+ ${shortPath(path)}  ${formatBytes(sizeBytes)}  → ${placeBelow(preview, to, speech)}  ${words}${warningWords(warning, language)}`
}

export function planTotalLines(
  totals: PlanTotals,
  language: Language,
  nowMs = Date.now(),
): string[] {
  const { upload, resume, skip, fail, sizeBytes, calls, plan } = totals
  return [
    t(language, 'cli.planTotal', {
      files: upload + resume,
      size: formatBytes(sizeBytes),
      skip,
      fail,
      calls: totalCalls(calls),
    }),
    ...(totalCalls(calls) > 0 ? [`    ${callsInWords(calls)}`] : []),
    ...planLines({ files: upload + resume, plan }, language, nowMs).filter(Boolean),
    t(language, 'cli.planNothingSent'),
  ]
}

function warningWords(warning: Preview['warning'], language: Language): string {
  return warning === undefined ? '' : `  ! ${explain(warning, language).message}`
}

/** The same as a line for programs. */
export function planJson({
  path,
  sizeBytes,
  verdict,
  calls,
  sameName,
  document,
  warning,
  ...place
}: Preview) {
  const to = [formatDestination(place.destination), ...place.remoteFolders, place.fileName]
  return {
    type: 'plan',
    path,
    action: verdict.action,
    ...reasonFields(verdict),
    ...(sameName !== undefined && { sameName }),
    ...(document !== undefined && { document }),
    ...(warning !== undefined && { warning: warning.code }),
    to: to.join('/'),
    sizeBytes,
    calls,
  }
}

function reasonFields(verdict: PreviewVerdict) {
  if ('error' in verdict) return { reason: verdict.error.code }
  if (!('leftOut' in verdict)) return { reason: reasonOf(verdict) }
  const { kind, ...details } = verdict.leftOut
  return { reason: kind, ...details }
}

function reasonOf(
  verdict: Extract<PreviewVerdict, { action: 'upload' | 'resume' }>,
): 'new' | 'changed' | 'again' | 'unfinished' {
  return verdict.action === 'upload' ? verdict.reason : 'unfinished'
}

function placeBelow(
  { destination, remoteFolders, fileName }: Preview,
  to: PlaceName,
  speech: PlaceSpeech,
): string {
  return placeText(destination, to, speech, [...remoteFolders, fileName])
}

function callsInWords(calls: CallCounts): string {
  return Object.entries(calls)
    .map(([call, times]) => `${call} × ${times}`)
    .join(', ')
}
