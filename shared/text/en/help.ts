/** Help of the command `feidi`: its commands, arguments and options. */
export const help = {
  feidi: 'Reliable uploads to Feishu / Lark that resume where they stopped.',
  home: 'folder that keeps the queue and its progress (FEIDI_HOME)',
  baseUrl: 'API host, https://open.feishu.cn by default (FEIDI_BASE_URL)',
  caFile: 'extra root certificates to trust (FEIDI_CA_FILE)',
  json: 'print one JSON object per line',
  quiet: 'print errors only',
  verbose: 'print the tokens of destinations beside their names',
  callsPerDay: 'calls a day of this computer, where others use the app too',
  lanes: 'calls in flight: auto, serial or a number',
  bandwidth: 'upload speed limit, e.g. 2M for 2 MB/s',
  singleCallLimit: 'send files up to this size in one request: auto, or 0 to 20M',
  maxWait: 'stop when no progress is made for this long',
  accountOption: 'signed-in account to use, see `feidi accounts` (FEIDI_ACCOUNT)',
  lang: 'zh-CN or en, the system language by default (FEIDI_LANG)',
  upload: 'upload files or whole folders; run it again to resume after an interruption',
  paths: 'files and folders',
  uploadTo:
    'link of a folder, document, sheet, Base or wiki page; or folder:TOKEN, docx:ID, sheet:TOKEN, base:APP/TABLE[/FIELD], file:TOKEN, wiki:TOKEN, page:TOKEN (below that wiki page), media:PARENT_TYPE:PARENT_NODE; or a path of names, my-space:/FOLDER/FOLDER or wiki-space:/WIKI/PAGE',
  destinations:
    'list the folders of a place, each as --to takes it: of My Space and of all wikis without a place',
  destinationsPlace:
    'a path of names (my-space:/FOLDER, wiki-space:/WIKI/PAGE), or a folder by its link or token',
  destinationsCreate: 'make the folders of the path that are missing',
  sameName:
    'for a file of the same name in the folder: keep-both, skip, or overwrite, which replaces the one uploaded from here or else the only one, even another person’s, but never the copy of another local file',
  shareWith: 'open ID or email address of a person who gets full access to the files',
  asDocument:
    'make online documents of the files that can be one (docx, doc, md, txt, html, xlsx, xls, csv); the destination is a folder or page:TOKEN, and every other file goes there as it is',
  tables: 'what spreadsheets become with --as-document: sheet (default) or base',
  orFile: 'a file that turns out not to be able to become a document is uploaded as a file',
  allowSensitive: 'also upload private keys, passwords and whole home folders',
  again: 'also upload files that are already uploaded and unchanged',
  dryRun: 'only show what would be done and how many calls it needs; nothing is sent',
  watch: 'upload a folder and keep watching it; without a folder, all folders with an active rule',
  watchDir: 'the folder; its content goes directly into the destination',
  toAsUpload: 'destination, as for upload',
  once: 'scan once, upload what is there, and exit',
  useMetered: 'upload on metered connections as well',
  watchDryRun:
    'only show what would be done and how many calls it needs; nothing is sent or stored',
  resume: 'resume everything unfinished',
  failed: 'also retry failed uploads',
  takeOver: 'restart, as the account in use, what this account has left unfinished',
  settle:
    'uploads whose outcome is unknown and could not be compared: list them, or say what became of them',
  settlePaths: 'files and folders, all by default',
  mine: 'the file found in Feishu is this one',
  token: 'the one to take, if several were found',
  settleAgain: 'it is another file: upload this one beside it',
  forget:
    'forget that files, or all files in a folder, are uploaded, so that they are uploaded again next time; the files in Feishu stay',
  verify:
    'compare uploads with the local files, and with what Feishu holds if asked to; exit code 1 when something differs',
  verifyTargets: 'files, folders, or ids of transfers',
  verifyRemote: 'also ask Feishu whether the file is there and was changed: one call per file',
  verifyBytes: 'also download and compare: sample (up to four pieces of 4 MiB per file) or all',
  verifyMaxCalls: 'downloads of 4 MiB at most, for all files together',
  receipts: 'list what was noted when uploads finished: token, size, content hash, checksums',
  receiptsPaths: 'files and folders, all by default',
  receiptsCsv: 'print a table for spreadsheets',
  clear: 'take finished uploads off the list; the history, and what is known to be in Feishu, stay',
  clearFailed: 'failed ones, too',
  forgetPaths: 'files and folders, which need not exist any more',
  status: 'show the queue, unfinished uploads and the API calls left today',
  doctor: 'check everything an upload depends on: each line is ok, or a problem with its remedy',
  doctorTo: 'also check whether files can be uploaded there',
  serve: 'work on the queue and show it in a browser; prints a link that works once',
  host: 'address to listen on; anything but this computer needs FEIDI_WEB_PASSWORD',
  port: 'port, 0 for any free one',
  publicUrl:
    'address of a TLS proxy in front, https://…; needs FEIDI_WEB_PASSWORD, and browsers come by it alone',
  alerts: 'show or set where messages about trouble go; FEIDI_ALERT_URL goes first',
  alertsTest: 'send a test message',
  alertsSet:
    'read the receiver from standard input: its address, and on a second line the key that signs, if any',
  alertsOff: 'send messages nowhere',
  alertsHours: 'hours without an upload that count as trouble, or never',
  link: 'print a link that signs one more browser in to a running feidi serve',
  allow: 'folders to upload from, besides your home folder',
  rules: 'manage the folders that `feidi watch` uploads',
  rulesList: 'show all rules',
  rulesAdd: 'add a rule, or change the rule of this folder and destination',
  folder: 'the folder',
  rulesRemove: 'stop watching; uploaded files stay in Feishu, and are still known',
  ruleNames: 'ids, beginnings of ids, or folders',
  rulesForget: 'also forget what was uploaded by them',
  rulesPause: 'pause uploading for these rules; a running watch notices at once',
  rulesResume: 'resume paused rules',
  rulesShow: 'show rules, and what they are going to change in Feishu',
  rulesApprove: 'approve what rules are going to change in Feishu, so that it is done',
  settingsCommand: 'take settings and watched folders to another computer',
  settingsExport:
    'print settings and watched folders as JSON, without secrets, addresses and accounts',
  settingsImport: 'take over the settings of a file; its watched folders arrive paused',
  settingsFile: 'a file that was exported',
  settingsYes: 'do not ask',
  rulesConfirm: 'use the current folder where a watched folder now leads elsewhere',
  homeCommand: 'show where the queue is kept and whether it may be used here',
  homeShow: 'its folder, its progress, and what prevents its use',
  homeAdopt:
    'continue with a home that was moved, copied or restored; files that may be uploaded are looked for first',
  login: 'sign in to Feishu or Lark in the browser, through a custom app',
  newApp: 'create the app by scanning a QR code, then sign in to it',
  yesNew: 'with --new: keep the new app without asking about its permissions',
  device: 'show a code instead, for a browser on any other device',
  lark: 'Lark (international) instead of Feishu',
  appId: 'App ID; the App Secret is asked for, or read from FEIDI_APP_SECRET',
  asApp: 'upload as the app itself, without a personal sign-in',
  for: 'also request what these need, on top of what was granted before: {purposes}',
  scope: 'request exactly these scopes instead',
  logout: 'sign out and forget the secrets of an account',
  logoutAccount: 'the account in use by default',
  accounts: 'manage the signed-in accounts',
  accountsList: 'show all accounts; the one in use is marked',
  accountsUse: 'choose the account that uploads unless --account is given',
  accountName: 'an identity, a name, or a part of one',
  include: 'include only matching files, as in .gitignore; may be repeated',
  exclude: 'exclude matching files, besides the usual temporary ones; !pattern includes again',
  ruleShareWith: 'open ID or email address of a person who gets full access to uploaded files',
  ruleAsDocument:
    'make online documents of matching files that can be one, as in .gitignore, e.g. *.docx; may be repeated',
  destinationsMore: `
A slash in a name is written %2F. With --verbose the token stands beside each path. Folders of other
people are not in My Space: give their link or token.`,
  watchMore: `
The folder becomes a rule that is stored in the home (see \`feidi rules\`). Started again, also with
just \`feidi watch\`, it resumes where it stopped and uploads no file twice. Options given for a
folder that already has a rule change that rule.
While watching, --max-wait does not apply: uploads that are held up resume afterwards.`,
  loginMore: `
--new is the quickest way: Feishu creates an app that is set up for Feidi, and its permissions are shown
before its secret is kept. Official clients do the same; Feishu does not document it.

An app that is set up by hand needs these redirect URLs, under "Security Settings" in the developer console:
{addresses}
and these scopes: {scopes}.
Scopes for other destinations are requested with --for; \`feidi doctor\` shows what is missing.
With --device no redirect URL is needed.`,
  more: `
Credentials come from the environment (FEIDI_APP_ID and FEIDI_APP_SECRET of a custom app, or
FEIDI_ACCESS_TOKEN), or else from an account that has signed in with \`feidi login\`.

Exit codes: 0 all done, 1 some failed or need attention, 2 bad usage or configuration,
3 authentication or permission, 75 stopped with resumable work left, 130 interrupted.`,
} as const

/** Options of a watch rule. */
export const ruleOption = {
  onChange: 'when an uploaded file changes: again (as a new file), overwrite or ignore',
  onVanished: 'when an uploaded file is no longer in its folder in Feishu: tell (default) or again',
  settleMs: 'a file is complete when unchanged for this long, 2s by default',
  minimumBytes: 'exclude smaller files',
  maximumBytes: 'exclude larger files',
  recursive: 'only files directly in the folder',
  initialFiles: 'exclude existing files',
  subfolders: 'put all files into one remote folder instead of subfolders of the same names',
  followLinks: 'follow links to places inside the folder',
  allowSensitive: 'also upload private keys, passwords and other sensitive files',
  dedupe: 'do not upload copies of uploaded files',
  overflowFolders: 'continue in "name (2)" when a remote folder is full (1,500 items)',
  follow:
    'also rename, move and delete in Feishu what is renamed, moved or deleted here (deleting: signed in as a person, after 24 h, into the recycle bin)',
  noticing: 'check at intervals instead of relying on system events (network drives)',
} as const

/** Words around the help, and what is said about a command line that is not understood. */
export const usage = {
  usage: 'Usage:',
  optionsTitle: 'Options:',
  globalOptionsTitle: 'Global Options:',
  commandsTitle: 'Commands:',
  argumentsTitle: 'Arguments:',
  withDefault: '{text} (default: {value})',
  optionsHint: '[options]',
  commandHint: '[command]',
  showHelp: 'display help for command',
  showVersion: 'output the version number',
  unknownOption: "error: unknown option '{name}'",
  unknownCommand: "error: unknown command '{name}'",
  missingArgument: "error: missing required argument '{name}'",
  optionMissingArgument: "error: option '{name}' argument missing",
  missingOption: "error: required option '{name}' not specified",
  excessArguments: 'error: too many arguments. Expected {expected}, got {given}.',
  didYouMean: '(Did you mean {name}?)',
} as const
