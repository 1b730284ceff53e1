import type { CliSettings } from '../settings.ts'
import { barReporter } from './bar-reporter.ts'
import { jsonReporter } from './json-reporter.ts'
import type { Output } from './output.ts'
import { plainReporter } from './plain-reporter.ts'
import type { Reporter } from './reporter.ts'

/** Lines for programs, bars on a terminal, plain lines everywhere else. */
export function chooseReporter(
  output: Output,
  { json, quiet, language }: Pick<CliSettings, 'json' | 'quiet' | 'language'>,
): Reporter {
  if (json) return jsonReporter(output, language)
  if (output.isTerminal && !quiet) return barReporter(output, language)
  return plainReporter(output, language, quiet)
}
