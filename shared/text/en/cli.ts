/** Output of the command `feidi`. */
export const cli = {
  unchanged: 'Skipped: unchanged, already uploaded',
  resumesAt: '{words}, resumes at {when}',
  resumesOn: '{words}, resumes {when}',
  total: 'Total',
  summary: '{done} uploaded, {failed} failed, {skipped} skipped, {unfinished} unfinished.',
  resumeHint: 'Progress is saved. Run `feidi resume` to continue.',
  blockedHint: {
    one: '{count} file needs attention. Follow the steps above, then run `feidi resume`.',
    other: '{count} files need attention. Follow the steps above, then run `feidi resume`.',
  },
  uncertainHint: {
    one: '{count} file may or may not be uploaded (the line with "?" above). Look in Feishu: if the file there is yours, run `feidi settle --mine`, otherwise `feidi settle --again`.',
    other:
      '{count} files may or may not be uploaded (the lines with "?" above). Look in Feishu: if a file there is yours, run `feidi settle --mine`, otherwise `feidi settle --again`.',
  },
  unsettledHint: {
    one: '{count} file is not ready yet (see above). Run `feidi watch --once` again later.',
    other: '{count} files are not ready yet (see above). Run `feidi watch --once` again later.',
  },
  forgot: {
    one: 'forgot {count} upload; the file in Feishu stays',
    other: 'forgot {count} uploads; the files in Feishu stay',
  },
  forgotNothing: 'no uploads known',
  importQuestion: 'Take this over? [y/N]',
  imported: {
    one: '{count} watched folder added, paused; {settings} settings changed',
    other: '{count} watched folders added, paused; {settings} settings changed',
  },
  importRefused: 'Not added: {folder}. {reason}',
  importSettings: 'Settings that change: {names}',
  importShares: 'shared with {person}',
  importSensitive: 'uploads keys and passwords too',
  cleared: {
    one: '{count} upload cleared from the list; the history keeps it',
    other: '{count} uploads cleared from the list; the history keeps them',
  },
  sensitiveFound: {
    one: 'Found {count} item that may not be meant for sharing:',
    other: 'Found {count} items that may not be meant for sharing:',
  },
  sensitiveQuestion: 'Upload them as well? [y/N]',
  interrupted: 'Stopping…',
  error: 'Error: {message}',
  whatToDo: 'What to do: {remedy}',
  code: 'code {code}',
  logId: 'log ID {logId}',
  home: 'Home: {home}',
  homeFacts: 'id {id}, generation {generation}',
  neverUsed: 'No files have been uploaded from here yet.',
  owner: 'Running: {command} (process {pid})',
  noOwner: 'Feidi is not running.',
  queueHeading: 'Queue',
  quotaHeading: "Today's API calls (resets at 00:00 Beijing time)",
  monthUsed: "The organization's API calls of this month are used up. They are back {when}.",
  quotaLine: '{used} used, {left} left',
  callsPerDay: {
    one: 'This computer may make {count} call a day to each endpoint.',
    other: 'This computer may make {count} calls a day to each endpoint.',
  },
  sharedLimiter: 'Machines share the limits through {host}.',
  begunHeading: 'Interrupted or under way (Feishu keeps an unfinished upload for a day)',
  begunLeft: { one: '{count} part to go, {time} left', other: '{count} parts to go, {time} left' },
  begunNear: {
    one: '{count} part to go, only {time} left. Keep Feidi running.',
    other: '{count} parts to go, only {time} left. Keep Feidi running.',
  },
  begunOver: 'expired, starts again from the beginning',
  groupsHeading: 'Added together',
  groupLine: '{name}  {done} of {files} files  {percent}%',
  unfinishedHeading: 'Unfinished',
  andMore: '… and {count} more',
  serving: 'Feidi is running. Open this link in a browser:',
  link: 'Open this link in a browser:',
  alertsNowhere:
    'Messages about trouble go nowhere. Set a receiver with `feidi alerts --set`, FEIDI_ALERT_URL or in the settings.',
  alertsTo: 'Messages about trouble go to {host}.',
  alertsSilent: 'No upload for {hours} hours counts as trouble.',
  policy: 'Policy of this computer: {file}',
  alertSent: 'The message was delivered.',
  alertAddress: 'Address of the receiver (is not shown)',
  alertKey: 'Key that signs messages (Enter: none)',
  linkLife: 'It works once, within 10 minutes; feidi link prints a new one.',
  signedIn: 'Signed in:',
  signedOut: 'Signed out: {name}',
  appId: 'App ID',
  appSecret: 'App Secret (not shown while you type)',
  openInBrowser: 'Open this link in a browser on this computer and approve the request in Feishu:',
  typeCode:
    'Open this link in a browser on any device, check the code {code} and approve (within {minutes} min):',
  accountApp: 'app',
  accountPerson: 'person',
  purposeSeparator: '; ',
  scanNote:
    'Feishu creates an app for you. Official clients do this too, but Feishu does not document it.',
  scan: 'Scan the code with Feishu or Lark on your phone, or open this link on any device (valid for {minutes} min):',
  appCreated: 'Feishu has created the app {appId}.',
  rightsUsed: 'What people who sign in to it can grant, as Feidi needs it:',
  rightsOthers: 'Further permissions of the app, which Feidi never asks for:',
  rightsAsApp: 'What the app may do by itself, with its secret alone:',
  rightsUnknown: 'Feishu does not say what the app may do.',
  codeTooWide:
    'The window is too narrow for the QR code: make it wider and try again, or open the link.',
  codeTooHigh: 'If the QR code is cut off, make the window {rows} lines high or its text smaller.',
  appIsKept: 'The app {appId} is kept. To sign in to it later: feidi login --device',
  keepApp: 'Keep its secret on this computer and sign in? [y/N]',
  appNotKept:
    'Nothing was kept. Delete the app {appId} in the developer console if you do not need it.',
  permissionsWork: 'Works: {purposes}',
  permissionsGrant: 'You can grant: {purposes}. Run `feidi login --for {names}`.',
  permissionsApp:
    'The app lacks permissions ({scopes}): {purposes}. Add them here and publish a version:',
  permissionsUnknown: 'Feishu does not say what this account may do.',
  noAccounts: 'Not signed in. Run `feidi login --new` to sign in.',
  noRules: 'There are no watch rules.',
  noPlaces: 'There are no folders here.',
  confirmHint: '{state} Run `feidi rules confirm {rule}`.',
  ruleActive: 'active',
  rulePaused: 'paused',
  ruleRemoved: 'removed',
  ruleSignedOut:
    'its account has signed out: run `feidi login`, or choose another one with `feidi --account ID rules add …`',
  planTotal:
    'Files to upload: {files} ({size}), to skip: {skip}, failing: {fail}. API calls: about {calls}.',
  planNothingSent: 'Dry run: nothing was sent.',
} as const

/** The words of a dry run about a file. */
export const plan = {
  new: 'new',
  changed: 'changed',
  again: 'upload again',
  unfinished: 'resumes where it stopped',
  replaces: 'replaces the uploaded one',
  'keeps-both': 'keeps the uploaded one',
  'may-replace': 'replaces the only file of the same name, if there is one, even another person’s',
  'may-skip': 'skipped if a file of the same name exists',
  calls: { one: '({reasons}, {count} call)', other: '({reasons}, {count} calls)' },
  document: 'as an online document',
  separator: ', ',
} as const

/** The words for the relation of the home to this computer. */
export const machine = {
  known: 'belongs to this computer',
  unknown: 'comes from another computer',
  'not-told': 'this computer cannot be identified (in a container, for example)',
} as const

/** Checks of `feidi doctor`. */
export const doctor = {
  home: 'Home',
  policy: 'Policy of this computer',
  disk: 'Disk space',
  certificates: 'Certificates',
  network: 'Network',
  clock: 'Clock',
  credentials: 'Credentials',
  scopes: 'Scopes',
  destination: 'Destination',
  quota: 'API calls left today',
  limiter: 'Shared limiter',
  fine: 'ok',
  wrong: 'problem',
} as const
