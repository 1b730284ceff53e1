import type { Command } from 'commander'
import type { ResumeWishes } from '#main/app/run/resume.ts'
import { REDIRECT_ADDRESSES } from '#shared/model/account.ts'
import { SIGN_IN_SCOPES } from '#shared/permissions/choose-scopes.ts'
import { PURPOSE_NAMES } from '#shared/permissions/scope-groups.ts'
import type { Language } from '#shared/text/language.ts'
import { t } from '#shared/text/t.ts'
import type { AlertsOptions } from './commands/alerts.ts'
import type { ClearOptions } from './commands/clear.ts'
import type { DestinationsOptions } from './commands/destinations.ts'
import type { DoctorOptions } from './commands/doctor.ts'
import type { LoginOptions } from './commands/login.ts'
import type { ReceiptsOptions } from './commands/receipts.ts'
import type { AddOptions, RemoveOptions } from './commands/rules.ts'
import type { ServeOptions } from './commands/serve.ts'
import type { ImportOptions } from './commands/settings.ts'
import type { SettleOptions } from './commands/settle.ts'
import type { UploadOptions } from './commands/upload.ts'
import type { VerifyOptions } from './commands/verify.ts'
import type { WatchOptions } from './commands/watch.ts'
import type { ExitCode } from './exit-code.ts'
import { addRuleOptions } from './rule-options.ts'
import type { Session } from './session.ts'
import type { GlobalOptions } from './settings.ts'
import { helpIn, layoutIn, SpokenCommand } from './spoken-command.ts'

/** Runs one command with what its options ask for. */
export type RunCommand = (
  options: GlobalOptions,
  command: (session: Session) => Promise<ExitCode>,
) => Promise<void>

/** The commands that several names lead to. */
const loadRules = () => import('./commands/rules.ts')
const loadHome = () => import('./commands/home.ts')
const loadSettings = () => import('./commands/settings.ts')
const loadAccounts = () => import('./commands/accounts.ts')

/**
 * Builds the command line of `feidi` and its help. Each command is loaded when it runs, so that none
 * waits for another's packages: a web server, a file watcher, an HTTP client.
 */
export function buildProgram(version: string, language: Language, run: RunCommand): Command {
  const help = helpIn(language)
  const program = new SpokenCommand('feidi', language)
    .configureHelp(layoutIn(language))
    .description(help('feidi'))
    .version(version, '-V, --version', t(language, 'usage.showVersion'))
    .option('--home <dir>', help('home'))
    .option('--base-url <url>', help('baseUrl'))
    .option('--ca-file <pem>', help('caFile'))
    .option('--json', help('json'))
    .option('--quiet', help('quiet'))
    .option('--verbose', help('verbose'))
    .option('--lanes <n>', help('lanes'), 'auto')
    .option('--bandwidth <rate>', help('bandwidth'))
    .option('--calls-per-day <n>', help('callsPerDay'))
    .option('--single-call-limit <size>', help('singleCallLimit'), 'auto')
    .option('--max-wait <time>', help('maxWait'), '15m')
    .option('--account <id>', help('accountOption'))
    .option('--lang <language>', help('lang'))
    .addHelpText('after', help('more'))
  const globals = () => program.opts<GlobalOptions>()

  program
    .command('upload')
    .description(help('upload'))
    .argument('<path...>', help('paths'))
    .requiredOption('--to <dest>', help('uploadTo'))
    .option('--same-name <what>', help('sameName'))
    .option('--share-with <who>', help('shareWith'))
    .option('--as-document', help('asDocument'))
    .option('--tables <what>', help('tables'))
    .option('--or-file', help('orFile'))
    .option('--allow-sensitive', help('allowSensitive'))
    .option('--again', help('again'))
    .option('--dry-run', help('dryRun'))
    .action((paths: string[], options: UploadOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/upload.ts')).upload(session, paths, options),
      ),
    )
  addRuleOptions(program.command('watch'), language)
    .description(help('watch'))
    .argument('[dir]', help('watchDir'))
    .option('--to <dest>', help('toAsUpload'))
    .option('--once', help('once'))
    .option('--use-metered', help('useMetered'))
    .option('--dry-run', help('watchDryRun'))
    .addHelpText('after', help('watchMore'))
    .action((dir: string | undefined, options: WatchOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/watch.ts')).watch(session, dir, options),
      ),
    )
  program
    .command('destinations')
    .description(help('destinations'))
    .argument('[place]', help('destinationsPlace'))
    .option('--create', help('destinationsCreate'))
    .addHelpText('after', help('destinationsMore'))
    .action((place: string | undefined, options: DestinationsOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/destinations.ts')).destinations(session, place, options),
      ),
    )
  addRulesCommand(program, language, (command) => run(globals(), command))
  addHomeCommand(program, language, (command) => run(globals(), command))
  addSettingsCommand(program, language, (command) => run(globals(), command))
  addAccountCommands(program, language, (command) => run(globals(), command))
  program
    .command('resume')
    .description(help('resume'))
    .option('--failed', help('failed'))
    .option('--take-over <account>', help('takeOver'))
    .action((options: ResumeWishes) =>
      run(globals(), async (session) =>
        (await import('./commands/resume.ts')).resume(session, options),
      ),
    )
  program
    .command('settle')
    .description(help('settle'))
    .argument('[path...]', help('settlePaths'))
    .option('--mine', help('mine'))
    .option('--token <token>', help('token'))
    .option('--again', help('settleAgain'))
    .action((paths: string[], options: SettleOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/settle.ts')).settle(session, paths, options),
      ),
    )
  program
    .command('forget')
    .description(help('forget'))
    .argument('<path...>', help('forgetPaths'))
    .action((paths: string[]) =>
      run(globals(), async (session) =>
        (await import('./commands/forget.ts')).forget(session, paths),
      ),
    )
  program
    .command('verify')
    .description(help('verify'))
    .argument('<path...>', help('verifyTargets'))
    .option('--remote', help('verifyRemote'))
    .option('--remote-bytes <how>', help('verifyBytes'))
    .option('--max-calls <n>', help('verifyMaxCalls'), '1000')
    .action((targets: string[], options: VerifyOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/verify.ts')).verify(session, targets, options),
      ),
    )
  program
    .command('receipts')
    .description(help('receipts'))
    .argument('[path...]', help('receiptsPaths'))
    .option('--csv', help('receiptsCsv'))
    .action((paths: string[], options: ReceiptsOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/receipts.ts')).receipts(session, paths, options),
      ),
    )
  program
    .command('clear')
    .description(help('clear'))
    .option('--failed', help('clearFailed'))
    .action((options: ClearOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/clear.ts')).clear(session, options),
      ),
    )
  program
    .command('status')
    .description(help('status'))
    .action(() =>
      run(globals(), async (session) => (await import('./commands/status.ts')).status(session)),
    )
  program
    .command('doctor')
    .description(help('doctor'))
    .option('--to <dest>', help('doctorTo'))
    .action((options: DoctorOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/doctor.ts')).doctor(session, options),
      ),
    )
  program
    .command('serve')
    .description(help('serve'))
    .option('--host <address>', help('host'), '127.0.0.1')
    .option('--port <n>', help('port'), '5260')
    .option('--public-url <url>', help('publicUrl'))
    .option('--allow <dir...>', help('allow'), [])
    .action((options: ServeOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/serve.ts')).serve(session, options),
      ),
    )
  program
    .command('alerts')
    .description(help('alerts'))
    .option('--set', help('alertsSet'))
    .option('--off', help('alertsOff'))
    .option('--hours <number>', help('alertsHours'))
    .option('--test', help('alertsTest'))
    .action((options: AlertsOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/alerts.ts')).alerts(session, options),
      ),
    )
  program
    .command('link')
    .description(help('link'))
    .action(() =>
      run(globals(), async (session) => (await import('./commands/link.ts')).link(session)),
    )
  return program.finish()
}

function addRulesCommand(
  program: Command,
  language: Language,
  run: (command: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  const help = helpIn(language)
  const rules = program.command('rules').description(help('rules'))
  rules
    .command('list', { isDefault: true })
    .description(help('rulesList'))
    .action(() => run(async (session) => (await loadRules()).listRules(session)))
  addRuleOptions(rules.command('add'), language)
    .description(help('rulesAdd'))
    .argument('<dir>', help('folder'))
    .requiredOption('--to <dest>', help('toAsUpload'))
    .action((dir: string, options: AddOptions) =>
      run(async (session) => (await loadRules()).addRule(session, dir, options)),
    )
  rules
    .command('remove')
    .description(help('rulesRemove'))
    .argument('<rule...>', help('ruleNames'))
    .option('--forget', help('rulesForget'))
    .action((names: string[], options: RemoveOptions) =>
      run(async (session) => (await loadRules()).removeRules(session, names, options)),
    )
  rules
    .command('pause')
    .description(help('rulesPause'))
    .argument('<rule...>', help('ruleNames'))
    .action((names: string[]) =>
      run(async (session) => (await loadRules()).setEnabled(session, names, false)),
    )
  rules
    .command('resume')
    .description(help('rulesResume'))
    .argument('<rule...>', help('ruleNames'))
    .action((names: string[]) =>
      run(async (session) => (await loadRules()).setEnabled(session, names, true)),
    )
  rules
    .command('confirm')
    .description(help('rulesConfirm'))
    .argument('<rule...>', help('ruleNames'))
    .action((names: string[]) =>
      run(async (session) => (await loadRules()).confirmRules(session, names)),
    )
  rules
    .command('show')
    .description(help('rulesShow'))
    .argument('<rule...>', help('ruleNames'))
    .action((names: string[]) =>
      run(async (session) => (await loadRules()).showRules(session, names)),
    )
  rules
    .command('approve')
    .description(help('rulesApprove'))
    .argument('<rule...>', help('ruleNames'))
    .action((names: string[]) =>
      run(async (session) => (await loadRules()).approveRules(session, names)),
    )
}

function addHomeCommand(
  program: Command,
  language: Language,
  run: (command: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  const help = helpIn(language)
  const home = program.command('home').description(help('homeCommand'))
  home
    .command('show', { isDefault: true })
    .description(help('homeShow'))
    .action(() => run(async (session) => (await loadHome()).showHome(session)))
  home
    .command('adopt')
    .description(help('homeAdopt'))
    .action(() => run(async (session) => (await loadHome()).adoptHome(session)))
}

function addSettingsCommand(
  program: Command,
  language: Language,
  run: (command: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  const help = helpIn(language)
  const settings = program.command('settings').description(help('settingsCommand'))
  settings
    .command('export')
    .description(help('settingsExport'))
    .action(() => run(async (session) => (await loadSettings()).exportSettings(session)))
  settings
    .command('import')
    .description(help('settingsImport'))
    .argument('<file>', help('settingsFile'))
    .option('--yes', help('settingsYes'))
    .action((file: string, options: ImportOptions) =>
      run(async (session) => (await loadSettings()).importSettings(session, file, options)),
    )
}

function addAccountCommands(
  program: Command,
  language: Language,
  run: (command: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  const help = helpIn(language)
  program
    .command('login')
    .description(help('login'))
    .option('--new', help('newApp'))
    .option('--yes', help('yesNew'))
    .option('--device', help('device'))
    .option('--lark', help('lark'))
    .option('--app-id <id>', help('appId'))
    .option('--as-app', help('asApp'))
    .option('--for <purpose...>', help('for', { purposes: PURPOSE_NAMES.join(', ') }))
    .option('--scope <scope...>', help('scope'))
    .addHelpText(
      'after',
      help('loginMore', {
        addresses: REDIRECT_ADDRESSES.map((address) => `  ${address}`).join('\n'),
        scopes: SIGN_IN_SCOPES.join(', '),
      }),
    )
    .action((options: LoginOptions) =>
      run(async (session) => (await import('./commands/login.ts')).login(session, options)),
    )
  program
    .command('logout')
    .description(help('logout'))
    .argument('[account]', help('logoutAccount'))
    .action((name: string | undefined) =>
      run(async (session) => (await import('./commands/logout.ts')).logout(session, name)),
    )
  const accounts = program.command('accounts').description(help('accounts'))
  accounts
    .command('list', { isDefault: true })
    .description(help('accountsList'))
    .action(() => run(async (session) => (await loadAccounts()).listAccounts(session)))
  accounts
    .command('use')
    .description(help('accountsUse'))
    .argument('<account>', help('accountName'))
    .action((name: string) =>
      run(async (session) => (await loadAccounts()).useAccount(session, name)),
    )
}
