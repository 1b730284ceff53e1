import { examine, type Finding } from '#main/app/doctor.ts'
import { systemClock } from '#main/lib/clock.ts'
import { explain } from '#shared/errors/explain.ts'
import { isAboutRights } from '#shared/errors/look-up.ts'
import { errorInfo } from '#shared/errors/transfer-error.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { permissionLines } from '../permission-words.ts'
import type { Session } from '../session.ts'
import { formatBytes } from '../units.ts'

export interface DoctorOptions {
  readonly to?: string
}

/** `feidi doctor [--to DEST]`: each line ok, or a problem with its remedy. */
export async function doctor(session: Session, options: DoctorOptions): Promise<ExitCode> {
  const { settings, output } = session
  const findings: Finding[] = []
  for await (const finding of examine(session, options.to)) {
    findings.push(finding)
    if (settings.json) output.json(jsonOf(finding, settings.language))
    else if (!settings.quiet || finding.error) output.say(...linesOf(finding, settings.language))
  }
  return exitCodeOfFindings(findings)
}

/** Rights and sign-ins are told apart from what else may be wrong. */
function exitCodeOfFindings(findings: readonly Finding[]): ExitCode {
  const errors = findings.flatMap(({ error }) => error ?? [])
  if (errors.length === 0) return EXIT.allDone
  return errors.some((error) => isAboutRights(error)) ? EXIT.auth : EXIT.usage
}

function jsonOf({ check, facts, error, permissions }: Finding, language: Language) {
  const told = {
    type: 'check',
    check,
    ...facts,
    ...(permissions && { permissions: permissions.checklist }),
  }
  if (error === undefined) return { ...told, ok: true }
  const info = errorInfo(error, systemClock.nowMs())
  const { message, remedy } = explain(info, language, { final: true })
  const { missingScopes, logId } = info
  return { ...told, ok: false, error: { code: error.code, message, remedy, missingScopes, logId } }
}

function linesOf({ check, facts, error, permissions }: Finding, language: Language): string[] {
  const said = Object.entries(facts).flatMap(([name, value]) => factOf(name, value, language))
  const head = `${t(language, error ? 'doctor.wrong' : 'doctor.fine').padEnd(8)}${t(language, `doctor.${check}`)}`
  const first = said.length === 0 ? head : `${head}  ${said.join(' · ')}`
  const more = permissions === undefined ? [] : permissionLines(permissions, language)
  const below = more.map((line) => `        ${line}`)
  if (error === undefined) return [first, ...below]
  const info = errorInfo(error, systemClock.nowMs())
  const { message, remedy } = explain(info, language, { final: true })
  return [first, `        ${message}`, `        ${remedy}`, ...below]
}

function factOf(name: string, value: string | number, language: Language): string[] {
  switch (name) {
    case 'freeBytes':
      return [formatBytes(Number(value))]
    case 'durationMs':
      return [`${value} ms`]
    case 'seconds':
      return [`±${Math.abs(Number(value))} s`]
    case 'callsPerDay':
      return [t(language, 'cli.callsPerDay', { count: Number(value) })]
    case 'offsetMs':
    case 'endpoint':
      return []
    default:
      return [String(value)]
  }
}
