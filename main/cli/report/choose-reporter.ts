import type { Reporter } from '#main/app/run/reporter.ts'
import type { CliSettings } from '../settings.ts'
import { jsonReporter } from './json-reporter.ts'
import type { Output } from './output.ts'
import { plainReporter } from './plain-reporter.ts'

/** Returns lines for programs, bars on a terminal, plain lines everywhere else. */
export async function chooseReporter(
  output: Output,
  { json, quiet, ...speech }: Pick<CliSettings, 'json' | 'quiet' | 'language' | 'verbose'>,
): Promise<Reporter> {
  if (json) return jsonReporter(output, speech.language)
  if (output.isTerminal && !quiet) {
    const { barReporter } = await import('./bar-reporter.ts')
    return barReporter(output, speech)
  }
  return plainReporter(output, speech, quiet)
}
