import { chooseLanguage } from '#main/cli/settings.ts'
import { type KeyIn, t, type ValuesFor } from '#shared/text/t.ts'

const language = chooseLanguage(undefined, process.env)

/** Tells the person at the terminal what the demo does. */
export function say<Key extends KeyIn<'demo'>>(
  key: Key,
  ...values: ValuesFor<`demo.${Key}`>
): void {
  process.stdout.write(`\n▸ ${t(language, `demo.${key}`, ...values)}\n`)
}
