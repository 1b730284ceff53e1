import { examine, type Finding } from '#main/app/doctor.ts'
import { systemClock } from '#main/lib/clock.ts'
import { explain } from '#shared/errors/explain.ts'
import { isAboutRights } from '#shared/errors/look-up.ts'
import { errorInfo } from '#shared/errors/transfer-error.ts'
import type { Language, Text } from '#shared/text/language.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'
import { formatBytes } from '../units.ts'

export interface DoctorOptions {
  readonly to?: string
}

const NAMES: Readonly<Record<Finding['check'], Text>> = {
  home: { 'zh-CN': '数据文件夹', en: 'Home' },
  disk: { 'zh-CN': '磁盘空间', en: 'Disk space' },
  certificates: { 'zh-CN': '根证书', en: 'Certificates' },
  network: { 'zh-CN': '网络', en: 'Network' },
  clock: { 'zh-CN': '系统时间', en: 'Clock' },
  credentials: { 'zh-CN': '登录凭证', en: 'Credentials' },
  scopes: { 'zh-CN': '权限', en: 'Scopes' },
  destination: { 'zh-CN': '上传位置', en: 'Destination' },
  quota: { 'zh-CN': '今日剩余调用', en: 'Calls left today' },
}

const FINE: Text = { 'zh-CN': '正常', en: 'ok' }
const WRONG: Text = { 'zh-CN': '有问题', en: 'problem' }

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

function jsonOf({ check, facts, error }: Finding, language: Language) {
  if (error === undefined) return { type: 'check', check, ok: true, ...facts }
  const info = errorInfo(error, systemClock.nowMs())
  const { message, remedy } = explain(info, language, { final: true })
  const { missingScopes, logId } = info
  const told = { code: error.code, message, remedy, missingScopes, logId }
  return { type: 'check', check, ok: false, ...facts, error: told }
}

function linesOf({ check, facts, error }: Finding, language: Language): string[] {
  const said = Object.entries(facts).flatMap(([name, value]) => factOf(name, value))
  const head = `${(error ? WRONG : FINE)[language].padEnd(8)}${NAMES[check][language]}`
  const first = said.length === 0 ? head : `${head}  ${said.join(' · ')}`
  if (error === undefined) return [first]
  const info = errorInfo(error, systemClock.nowMs())
  const { message, remedy } = explain(info, language, { final: true })
  return [first, `        ${message}`, `        ${remedy}`]
}

function factOf(name: string, value: string | number): string[] {
  switch (name) {
    case 'freeBytes':
      return [formatBytes(Number(value))]
    case 'durationMs':
      return [`${value} ms`]
    case 'seconds':
      return [`±${Math.abs(Number(value))} s`]
    case 'offsetMs':
    case 'endpoint':
      return []
    default:
      return [String(value)]
  }
}
