/**
 * Every way Feidi can fail has one code. Feishu's own codes stay the numbers the API sends, so a
 * person can search for them; what happens on this side of the wire has a name.
 */
export const LOCAL_ERROR_CODES = [
  // the way to Feishu
  'dns-failed',
  'connection-refused',
  'connection-lost',
  'idle-timeout',
  'tls-untrusted',
  'proxy-refused',
  'bad-response',
  'http-error',
  // the file
  'source-missing',
  'source-is-directory',
  'source-not-a-file',
  'source-unreadable',
  'source-busy',
  'source-empty',
  'source-changed',
  'source-unstable',
  'source-io-error',
  'already-uploaded',
  'file-too-large',
  'name-empty',
  'name-too-long',
  'folder-name-too-long',
  // where it should go
  'destination-invalid',
  'destination-unsupported',
  'folder-full',
  'folder-too-deep',
  // who we are
  'credentials-missing',
  'token-refused',
  'base-url-insecure',
  'ca-file-unreadable',
  'proxy-invalid',
  // the upload transaction
  'transaction-expired',
  'plan-invalid',
  'restarted-too-often',
  'outcome-unknown',
  'daily-quota-used',
  'gave-up-waiting',
  // this machine
  'home-in-use',
  'home-unwritable',
  'store-newer',
  'store-corrupt',
  'store-failed',
  'disk-full',
  'usage',
  'internal',
] as const

export type LocalErrorCode = (typeof LOCAL_ERROR_CODES)[number]

/** A number is a `code` from a Feishu answer's body; a name is one of ours. */
export type ErrorCode = number | LocalErrorCode
