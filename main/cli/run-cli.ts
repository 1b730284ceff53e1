import { CommanderError } from 'commander'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import { asTransferError } from '#shared/errors/transfer-error.ts'
import { t } from '#shared/text/t.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { endIfHeldUp } from './end-process.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { untilInterrupted } from './interruption.ts'
import { buildProgram, type RunCommand } from './program.ts'
import { chooseReporter } from './report/choose-reporter.ts'
import { Output } from './report/output.ts'
import { chooseLanguage, readSettings } from './settings.ts'
import { withSubcommands } from './spoken-command.ts'

/** Runs the command line and leaves its exit code in `process.exitCode`. */
export async function runCli(argv: readonly string[]): Promise<void> {
  const output = new Output(process)
  const run: RunCommand = async (options, command) => {
    process.exitCode = await runCommand(options, command, output)
  }
  const language = chooseLanguage(languageAsked(argv), process.env)
  const program = buildProgram(packageJson.version, language, run)
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => output.say(...text.trimEnd().split('\n')),
      outputError: (text) => output.warn(...text.trimEnd().split('\n')),
    })
  }
  try {
    await program.parseAsync(argv)
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Commander has said what was wrong; help and version are no mistakes.
    process.exitCode = error.exitCode === 0 ? EXIT.allDone : EXIT.usage
  }
  endIfHeldUp()
}

async function runCommand(
  options: Parameters<RunCommand>[0],
  command: Parameters<RunCommand>[1],
  output: Output,
): Promise<ExitCode> {
  const env = process.env
  const plainly = {
    json: options.json ?? false,
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
    language: chooseLanguage(options.lang, env),
  }
  const reporter = await chooseReporter(output, plainly)
  let log: HomeLog | undefined
  let stopNoting = () => {}
  let interrupted: AbortSignal | undefined
  try {
    const settings = readSettings(options, env)
    const [{ lookAtHome }, { openLog }, { logProcessFaults }] = await Promise.all([
      import('#main/app/look-at-home.ts'),
      import('#main/lib/log/open-log.ts'),
      import('#main/lib/log/log-process-faults.ts'),
    ])
    lookAtHome(settings.home, { make: false })
    log = openLog(settings.home)
    stopNoting = logProcessFaults(log.scope)
    interrupted = untilInterrupted(() => {
      if (!settings.json) output.warn(t(settings.language, 'cli.interrupted'))
    })
    return await command({
      settings,
      env,
      output,
      reporter,
      interrupted,
      version: packageJson.version,
      log,
    })
  } catch (error) {
    // The person has ended it, and has been told so.
    if (interrupted?.aborted && isAbort(error, interrupted)) return EXIT.interrupted
    const problem = asTransferError(error)
    reporter.problem(problem)
    log?.scope('command').error('could not go on', { error: problem })
    return exitCodeOf(problem)
  } finally {
    stopNoting()
  }
}

function isAbort(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || (error instanceof Error && error.name === 'AbortError')
}

/** Returns the value of `--lang`, which help and complaints need before the command line is read. */
function languageAsked(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const word = argv[at]
  if (word === undefined) return undefined
  return word === '--lang' ? argv[at + 1] : word.slice('--lang='.length)
}
