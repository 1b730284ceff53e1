import type { AccountPermissions } from '#main/app/doctor.ts'
import { brandOfUrl } from '#shared/model/account.ts'
import type { ChecklistLine } from '#shared/permissions/checklist.ts'
import { permissionsPage } from '#shared/permissions/console-pages.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'

/** Says what an account may do: what works, what the person can grant, and what the app lacks. */
export function permissionLines(
  { checklist, appId, baseUrl }: AccountPermissions,
  language: Language,
): string[] {
  if (checklist.every(({ state }) => state === 'unknown')) {
    return [t(language, 'cli.permissionsUnknown')]
  }
  const of = (state: ChecklistLine['state']) => checklist.filter((line) => line.state === state)
  const [works, toGrant, lacking] = [of('works'), of('grant'), of('app')]
  const said: string[] = []
  if (works.length > 0) {
    said.push(t(language, 'cli.permissionsWork', { purposes: purposesIn(works, language) }))
  }
  if (toGrant.length > 0) said.push(grantLine(toGrant, language))
  if (lacking.length > 0) {
    const scopes = [...new Set(lacking.flatMap((line) => line.scopes))]
    const values = { scopes: scopes.join(', '), purposes: purposesIn(lacking, language) }
    said.push(t(language, 'cli.permissionsApp', values))
    if (appId !== undefined) said.push(permissionsPage(brandOfUrl(baseUrl), appId, scopes))
  }
  return said
}

/** Says how a person grants what is missing. */
export function grantLine(lines: readonly ChecklistLine[], language: Language): string {
  const names = lines.map(({ purpose }) => purpose).join(' ')
  return t(language, 'cli.permissionsGrant', { purposes: purposesIn(lines, language), names })
}

function purposesIn(lines: readonly ChecklistLine[], language: Language): string {
  const words = lines.map(({ purpose }) => t(language, `permissions.${purpose}`))
  return words.join(t(language, 'cli.purposeSeparator'))
}
