import type { Reporter } from '#main/app/run/reporter.ts'
import type { CliSettings } from '../settings.ts'
import { jsonReporter } from './json-reporter.ts'
import type { Output } from './output.ts'
import { plainReporter } from './plain-reporter.ts'

/** Returns lines for programs, bars on a terminal, plain lines everywhere else. */
export async function chooseReporter(
  output: Output,
  { json, quiet, language }: Pick<CliSettings, 'json' | 'quiet' | 'language'>,
): Promise<Reporter> {
  if (json) return jsonReporter(output, language)
  if (output.isTerminal && !quiet) {
    const { barReporter } = await import('./bar-reporter.ts')
    return barReporter(output, language)
  }
  return plainReporter(output, language, quiet)
}
