/** The set-up guide names for each purpose exactly the scopes that Feidi asks for. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PURPOSE_NAMES, scopesOf } from '#shared/permissions/scope-groups.ts'
import { LANGUAGES } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'

const GUIDE = readFileSync('docs/setup-feishu-app.md', 'utf8')

it.each(LANGUAGES)('in %s', (language) => {
  const rows = PURPOSE_NAMES.map((purpose) => {
    const scopes = scopesOf([purpose]).map((scope) => `\`${scope}\``)
    return `| \`${purpose}\` | ${t(language, `permissions.${purpose}`)} | ${scopes.join(' ')} |`
  })
  expect(rows.filter((row) => !GUIDE.includes(row))).toEqual([])
})
