/** States of a transfer, the same in the list, the tray, the command and notifications. */
export const state = {
  queued: 'Queued',
  preparing: 'Preparing',
  sending: 'Uploading',
  finishing: 'Finishing',
  attaching: 'Adding to its destination',
  waiting: 'Waiting',
  paused: 'Paused',
  blocked: 'Needs attention',
  failed: 'Upload failed',
  skipped: 'Skipped',
  cancelled: 'Cancelled',
  done: 'Done',
} as const

/** States with their details. */
export const stateLine = {
  sending: 'Uploading {percent}%',
  withReason: '{state}: {reason}',
} as const

/** The day on which a file goes, and the reason why it does not go before. */
export const planned = {
  calls: 'Queued for {day}: no API calls left before then',
  time: 'Queued for {day}: no upload time left before then',
  month: "Queued for {day}: this month's API calls are used up",
  orLater: '{day} or later',
} as const

/** Reasons to wait. */
export const wait = {
  network: 'Waiting for network',
  'rate-limit': 'Feishu is limiting requests',
  quota: 'Daily quota used up',
  month: 'Monthly quota used up',
  share: "This computer's calls used up for now",
  reserved: 'Calls kept for files under way',
  hours: 'Waiting for the next upload hours',
  server: 'Feishu is busy, retrying',
  'file-busy': 'File in use, uploads once it is closed',
  'file-changing': 'File is still changing',
} as const

/** The last step of an uploaded file, at each kind of destination. */
export const attach = {
  base: 'Adding to Base',
  docx: 'Adding to document',
  sheet: 'Adding to sheet',
  folder: 'Sharing',
  file: 'Sharing',
  page: 'Sharing',
  media: 'Adding to its destination',
  document: 'Turning into a document',
} as const

/** Reasons why a file of the same name was left alone. */
export const kept = {
  'not-ours': 'The file of the same name in Feishu was not uploaded from here. Both are kept.',
  'in-use':
    'The file of the same name in Feishu belongs to another file on this computer. Both are kept.',
  uncertain:
    'The file of the same name appeared while the outcome of an upload was uncertain, and may belong to someone else. Both are kept.',
  several:
    'Feishu has several files of this name, and it is not certain which one to replace. All are kept.',
  refused: 'The file of the same name could not be replaced here. Both are kept.',
  document:
    'A document of the same title exists. It is never replaced, because people may have edited it: the new version is beside it.',
} as const

/** Events of an upload that a person should know of. */
export const note = {
  resumed: 'Resumed from part {part}',
  fileChanged: 'File changed, upload restarted',
  transactionOver: 'The earlier upload has expired, upload restarted',
  tooSlow:
    'At the present speed, and within the upload hours, this file may take longer than the day that Feishu keeps an unfinished upload',
  deadlineNear: 'Feishu keeps what is uploaded of it only until {when}',
  replacedOther: 'The replaced file had not been uploaded from here',
  blockLeft:
    'The space made for this file in the document was changed by someone and is left there. Delete it yourself if it is not needed.',
  cut: 'Feishu cut something off: {what}',
  asFile: 'Uploaded as a file: {why}',
  maybeTwice:
    'Another document of this title has appeared, perhaps from an earlier try whose answer was lost: {documents}',
  /** A note and the path that it is about. */
  about: '{words} ({path})',
} as const

/** Parts that Feishu cut off when it made a document of a file. */
export const cutOff = {
  blocks: 'content beyond 20,000 blocks',
  cells: 'cells beyond the limit',
  columns: 'columns beyond the limit',
  text: 'very long text',
  pictures: 'some pictures',
  space: 'content for which there was no space',
  other: 'something else (code {code})',
} as const

/** Kinds of sensitive files. */
export const sensitive = {
  'private-key': 'private key',
  credentials: 'credentials',
  wallet: 'wallet',
  passwords: 'passwords',
  'browser-profile': 'browser profile',
  'home-folder': 'a whole home folder',
} as const

/** The one line that says how everything stands. */
export const summary = {
  allDone: 'All uploads finished',
  paused: 'All uploads paused',
  outOfHours: 'Outside the upload hours',
  outOfHoursUntil: 'Outside the upload hours, resumes {when}',
  onBattery: 'On battery, resumes when plugged in',
  onMetered: 'On a metered connection, resumes on another one',
  idle: 'Nothing is uploading',
  calculating: 'calculating time left',
  filesOf: { one: '{done} of {count} file', other: '{done} of {count} files' },
  bytesOf: '{done} of {total}',
  uploaded: '{count} uploaded',
  skipped: '{count} skipped',
  noneNeeded: 'Nothing had to be uploaded',
  added: { one: '{count} file added', other: '{count} files added' },
  restarted: 'A file is uploaded again from the start',
  reading: {
    one: 'Reading the folder: {count} file so far',
    other: 'Reading the folder: {count} files so far',
  },
  attention: { one: '{count} needs attention', other: '{count} need attention' },
  etaToday: 'finishes about {time}',
  eta: 'finishes {when}',
  etaWithQuota: 'finishes {when}, spread over {days} days by the daily quota',
} as const

/** The plan of the queue by days. */
export const forecast = {
  heading: 'Forecast',
  end: { one: '{count} file, done {when}', other: '{count} files, done {when}' },
  noEnd: {
    one: '{count} file, no end in sight with these limits and hours',
    other: '{count} files, no end in sight with these limits and hours',
  },
  day: '{files} small files, {parts} parts of large files, {size}',
  callsADay: 'API calls a day, as planned',
} as const

/** Columns of the exported history. */
export const table = {
  ended: 'Finished',
  result: 'Result',
  reason: 'Reason',
  fileName: 'File name',
  path: 'Path',
  bytes: 'Size (bytes)',
  destination: 'Destination',
  subfolder: 'Subfolder',
  link: 'Link',
  fileToken: 'File token',
  errorCode: 'Error code',
  logId: 'Log ID',
  endedUtc: 'Finished (UTC)',
} as const
