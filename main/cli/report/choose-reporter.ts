import type { CliSettings } from '#main/cli/settings.ts'
import { barReporter } from './bar-reporter.ts'
import { jsonReporter } from './json-reporter.ts'
import { plainReporter } from './plain-reporter.ts'
import type { Output, Reporter } from './reporter.ts'

/** Lines for programs, bars on a terminal, plain lines everywhere else. */
export function chooseReporter(
  output: Output,
  { json, quiet, language }: Pick<CliSettings, 'json' | 'quiet' | 'language'>,
): Reporter {
  if (json) return jsonReporter(output, language)
  const terminal = output.stdout.isTTY && output.stderr.isTTY
  if (terminal && !quiet) return barReporter(output, language)
  return plainReporter(output, language, quiet)
}
