import { Command } from 'commander'
import type { ResumeWishes } from '#main/app/run/resume.ts'
import { REDIRECT_ADDRESSES, SIGN_IN_SCOPES } from '#shared/model/account.ts'
import type { DoctorOptions } from './commands/doctor.ts'
import type { LoginOptions } from './commands/login.ts'
import type { AddOptions, RemoveOptions } from './commands/rules.ts'
import type { ServeOptions } from './commands/serve.ts'
import type { SettleOptions } from './commands/settle.ts'
import type { UploadOptions } from './commands/upload.ts'
import type { WatchOptions } from './commands/watch.ts'
import type { ExitCode } from './exit-code.ts'
import { addRuleOptions } from './rule-options.ts'
import type { Session } from './session.ts'
import type { GlobalOptions } from './settings.ts'

/** Runs one command with what its options ask for. */
export type RunCommand = (
  options: GlobalOptions,
  command: (session: Session) => Promise<ExitCode>,
) => Promise<void>

/** The commands that several names lead to. */
const loadRules = () => import('./commands/rules.ts')
const loadHome = () => import('./commands/home.ts')
const loadAccounts = () => import('./commands/accounts.ts')

/**
 * Builds the command line of `feidi` and its help. Each command is loaded when it runs, so that none
 * waits for another's packages: a web server, a file watcher, an HTTP client.
 */
export function buildProgram(version: string, run: RunCommand): Command {
  const program = new Command('feidi')
    .description('Gets your files into Feishu / Lark and never loses its place.')
    .version(version)
    .option('--home <dir>', 'where the queue and its progress are kept (FEIDI_HOME)')
    .option('--base-url <url>', 'API host, https://open.feishu.cn by default (FEIDI_BASE_URL)')
    .option('--ca-file <pem>', 'further root certificates to trust (FEIDI_CA_FILE)')
    .option('--json', 'one JSON object a line')
    .option('--quiet', 'say nothing but what went wrong')
    .option('--lanes <n>', 'calls in flight: auto, serial or a number', 'auto')
    .option('--bandwidth <rate>', 'upload no faster than this, e.g. 2M for 2 MB/s')
    .option(
      '--single-call-limit <size>',
      'files up to this size go in one call: auto, or 0 to 20M',
      'auto',
    )
    .option('--max-wait <time>', 'stop when nothing gets through for so long', '15m')
    .option('--account <id>', 'a signed-in account, see `feidi accounts` (FEIDI_ACCOUNT)')
    .option('--lang <language>', 'zh-CN or en; the system language by default (FEIDI_LANG)')
    .addHelpText('after', HELP)
    .configureHelp({ showGlobalOptions: true })
  const globals = () => program.opts<GlobalOptions>()

  program
    .command('upload')
    .description('upload files or whole folders; run it again after a stop and it goes on')
    .argument('<path...>', 'files and folders')
    .requiredOption(
      '--to <dest>',
      'the link of a folder, document, sheet, Base or wiki page; or folder:TOKEN, docx:ID, ' +
        'sheet:TOKEN, base:APP/TABLE[/FIELD], file:TOKEN, wiki:TOKEN, page:TOKEN (below that wiki page), ' +
        'media:PARENT_TYPE:PARENT_NODE',
    )
    .option(
      '--same-name <what>',
      'a file of that name in the folder: keep-both, skip, or overwrite, which replaces ours or the ' +
        'only one, no matter who put it there, but none that another local file is up as',
    )
    .option(
      '--share-with <who>',
      'open id or e-mail address of a person who may do all with the files',
    )
    .option('--allow-sensitive', 'also upload private keys, passwords and whole home folders')
    .option('--again', 'also upload files that are up already and have not changed')
    .option('--dry-run', 'only say what would be done and what it costs; nothing is sent')
    .action((paths: string[], options: UploadOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/upload.ts')).upload(session, paths, options),
      ),
    )
  addRuleOptions(program.command('watch'))
    .description('keep a folder uploaded; without a folder, all that have an active rule')
    .argument('[dir]', 'the folder; its content goes to the destination itself')
    .option('--to <dest>', 'where to, as for upload')
    .option('--once', 'look once, upload what is there, and exit')
    .option('--dry-run', 'only say what would be done and what it costs; nothing is sent or stored')
    .addHelpText('after', WATCH_HELP)
    .action((dir: string | undefined, options: WatchOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/watch.ts')).watch(session, dir, options),
      ),
    )
  addRulesCommand(program, (command) => run(globals(), command))
  addHomeCommand(program, (command) => run(globals(), command))
  addAccountCommands(program, (command) => run(globals(), command))
  program
    .command('resume')
    .description('carry on with everything unfinished')
    .option('--failed', 'also try again what could not be uploaded')
    .option(
      '--take-over <account>',
      'begin anew, as the account that acts, what this one has left unfinished',
    )
    .action((options: ResumeWishes) =>
      run(globals(), async (session) =>
        (await import('./commands/resume.ts')).resume(session, options),
      ),
    )
  program
    .command('settle')
    .description(
      'uploads whose answer was lost, where nothing could be compared: name them, or say what became of them',
    )
    .argument('[path...]', 'files and folders; all without')
    .option('--mine', 'the file that was found in Feishu is this one')
    .option('--token <token>', 'which one, where several were found')
    .option('--again', 'it is not: upload this one beside it')
    .action((paths: string[], options: SettleOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/settle.ts')).settle(session, paths, options),
      ),
    )
  program
    .command('forget')
    .description(
      'no longer know that files, or all in a folder, are up: asked for again, they go up once more; ' +
        'what is in Feishu stays there',
    )
    .argument('<path...>', 'files and folders; they need not be there any more')
    .action((paths: string[]) =>
      run(globals(), async (session) =>
        (await import('./commands/forget.ts')).forget(session, paths),
      ),
    )
  program
    .command('status')
    .description('show the queue, unfinished work and the calls left today')
    .action(() =>
      run(globals(), async (session) => (await import('./commands/status.ts')).status(session)),
    )
  program
    .command('doctor')
    .description('look at all an upload depends on: each line is ok, or a problem and its remedy')
    .option('--to <dest>', 'also whether files can go there')
    .action((options: DoctorOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/doctor.ts')).doctor(session, options),
      ),
    )
  program
    .command('serve')
    .description('work on the queue and show it in a browser; prints a link that works once')
    .option(
      '--host <address>',
      'where to listen; beyond this machine needs FEIDI_WEB_PASSWORD',
      '127.0.0.1',
    )
    .option('--port <n>', '0 for any free one', '5260')
    .option('--allow <dir...>', 'folders to upload from besides your home folder', [])
    .action((options: ServeOptions) =>
      run(globals(), async (session) =>
        (await import('./commands/serve.ts')).serve(session, options),
      ),
    )
  return program
}

function addRulesCommand(
  program: Command,
  run: (command: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  const rules = program
    .command('rules')
    .description('the folders that `feidi watch` keeps uploaded')
  rules
    .command('list', { isDefault: true })
    .description('show all rules')
    .action(() => run(async (session) => (await loadRules()).listRules(session)))
  addRuleOptions(rules.command('add'))
    .description('add a rule, or change the one for this folder and destination')
    .argument('<dir>', 'the folder')
    .requiredOption('--to <dest>', 'where to, as for upload')
    .action((dir: string, options: AddOptions) =>
      run(async (session) => (await loadRules()).addRule(session, dir, options)),
    )
  const naming = 'ids, their beginnings, or folders'
  rules
    .command('remove')
    .description('stop watching; what is in Feishu stays there, and stays known')
    .argument('<rule...>', naming)
    .option('--forget', 'and no longer know what was uploaded by them')
    .action((names: string[], options: RemoveOptions) =>
      run(async (session) => (await loadRules()).removeRules(session, names, options)),
    )
  rules
    .command('pause')
    .description('stop uploading for these rules; a watch that is running notices at once')
    .argument('<rule...>', naming)
    .action((names: string[]) =>
      run(async (session) => (await loadRules()).setEnabled(session, names, false)),
    )
  rules
    .command('resume')
    .description('go on with rules that are paused')
    .argument('<rule...>', naming)
    .action((names: string[]) =>
      run(async (session) => (await loadRules()).setEnabled(session, names, true)),
    )
  rules
    .command('confirm')
    .description(
      'use the folder that is there now, where a watched folder leads elsewhere than it did',
    )
    .argument('<rule...>', naming)
    .action((names: string[]) =>
      run(async (session) => (await loadRules()).confirmRules(session, names)),
    )
}

function addHomeCommand(
  program: Command,
  run: (command: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  const home = program
    .command('home')
    .description('where the queue is kept, and whether it may be used here')
  home
    .command('show', { isDefault: true })
    .description('its folder, how far it has come, and what stands in the way')
    .action(() => run(async (session) => (await loadHome()).showHome(session)))
  home
    .command('adopt')
    .description(
      'go on with a home that was moved, copied or put back; what may be up is looked for first',
    )
    .action(() => run(async (session) => (await loadHome()).adoptHome(session)))
}

function addAccountCommands(
  program: Command,
  run: (command: (session: Session) => Promise<ExitCode>) => Promise<void>,
): void {
  program
    .command('login')
    .description('sign in to Feishu or Lark in the browser, through a self-built app')
    .option('--device', 'show a code instead, for a browser on any other device')
    .option('--lark', 'Lark (international) instead of Feishu')
    .option('--app-id <id>', 'the app; its secret is asked for, or read from FEIDI_APP_SECRET')
    .option('--as-app', 'the app itself uploads, nobody signs in')
    .option('--scope <scope...>', 'ask for these scopes instead of what Drive folders need')
    .addHelpText('after', LOGIN_HELP)
    .action((options: LoginOptions) =>
      run(async (session) => (await import('./commands/login.ts')).login(session, options)),
    )
  program
    .command('logout')
    .description('sign out and forget the secrets of an account')
    .argument('[account]', 'the one in use by default')
    .action((name: string | undefined) =>
      run(async (session) => (await import('./commands/logout.ts')).logout(session, name)),
    )
  const accounts = program.command('accounts').description('the accounts of the home')
  accounts
    .command('list', { isDefault: true })
    .description('show all; the one in use is marked')
    .action(() => run(async (session) => (await loadAccounts()).listAccounts(session)))
  accounts
    .command('use')
    .description('the account that uploads unless --account says otherwise')
    .argument('<account>', 'an identity, a name, or a part of one')
    .action((name: string) =>
      run(async (session) => (await loadAccounts()).useAccount(session, name)),
    )
}

const LOGIN_HELP = `
The app needs these redirect URLs, under "Security Settings" in the developer console:
${REDIRECT_ADDRESSES.map((address) => `  ${address}`).join('\n')}
and these scopes: ${SIGN_IN_SCOPES.join(', ')}.
With --device no redirect URL is needed.`

const WATCH_HELP = `
The folder becomes a rule that is stored in the home (see \`feidi rules\`): started again, also by
just \`feidi watch\`, it goes on where it stopped and uploads nothing twice. Options given for a
folder that has a rule already change that rule.
While watching, --max-wait does not apply: whatever holds uploads up, they go on afterwards.`

const HELP = `
Credentials come from the environment (FEIDI_APP_ID and FEIDI_APP_SECRET of a self-built app, or
FEIDI_ACCESS_TOKEN), else from an account that has signed in with \`feidi login\`.

Exit codes: 0 all done, 1 some failed or need you, 2 bad usage or configuration, 3 authentication or
permission, 75 stopped with resumable work left, 130 interrupted.`
