/**
 * Every way Feidi can fail has one code. Feishu's own codes stay the numbers the API sends, so a
 * person can search for them; what happens on this side of the wire has a name.
 */
const NETWORK_CODES = [
  'dns-failed',
  'connection-refused',
  'connection-lost',
  'idle-timeout',
  'tls-untrusted',
  'proxy-refused',
  'bad-response',
  'http-error',
  'connection-metered',
] as const

const SOURCE_CODES = [
  'source-missing',
  'source-moved',
  'sensitive-file',
  'source-is-directory',
  'source-not-a-file',
  'source-is-link',
  'source-name-invalid',
  'source-unreadable',
  'source-busy',
  'source-empty',
  'source-changed',
  'source-unstable',
  'source-io-error',
  'source-away',
  'source-path-too-long',
  'source-locked',
  'source-exhausted',
  'source-redirected',
  'source-own-state',
  'already-uploaded',
  'file-too-large',
  'name-empty',
  'name-too-long',
  'folder-name-too-long',
] as const

const DESTINATION_CODES = [
  'destination-invalid',
  'destination-unsupported',
  'media-unknown',
  'media-for-import',
  'folder-full',
  'folder-too-deep',
] as const

/** Links that lead to something files can not go to. */
const LINK_CODES = [
  'link-old-doc',
  'link-slides',
  'link-mindnote',
  'link-base-part',
  'link-base-record',
  'link-app',
  'link-wiki-space',
  'link-elsewhere',
] as const

/** Documents, sheets, Bases and files as destinations. */
const PLACE_CODES = [
  'destination-not-looked-up',
  'destination-read-only',
  'path-missing',
  'path-ambiguous',
  'search-needs-person',
  'one-file-only',
  'overwrite-unsupported',
  'overwrite-made-second',
  'name-taken',
  'wiki-refused',
  'base-table-missing',
  'base-table-ambiguous',
  'base-field-missing',
  'base-field-not-attachment',
  'base-no-attachment-field',
  'base-field-ambiguous',
  'base-column-type',
  'sheet-missing',
  'sheet-only-images',
  'sheet-image-too-large',
  'attachment-too-large',
  'document-being-edited',
] as const

/** Codes for the account, and for the settings to reach Feishu. */
const ACCOUNT_CODES = [
  'credentials-missing',
  'token-refused',
  'signed-out',
  'account-unknown',
  'secret-elsewhere',
  'sign-in-damaged',
  'sign-in-refused',
  'sign-in-denied',
  'sign-in-expired',
  'sign-in-ports-taken',
  'sign-in-not-renewable',
  'sign-in-other-person',
  'sign-out-not-told',
  'registration-unavailable',
  'registration-denied',
  'registration-expired',
  'base-url-insecure',
  'ca-file-unreadable',
  'proxy-invalid',
  'proxy-unescaped',
  'limiter-invalid',
  'limiter-unreachable',
  'clock-wrong',
] as const

/** Watch rules that can not be, or are not there. */
const RULE_CODES = [
  'rule-unknown',
  'rule-exists',
  'rule-overlaps',
  'rule-folder-missing',
  'rule-folder-replaced',
  'rule-folder-is-file',
  'rule-folder-forbidden',
  'rule-folder-is-disk',
  'rule-folder-holds-home',
  'rule-on-network',
  'copy-vanished',
  'follow-changed-there',
  'follow-needs-folder',
  'follow-limit',
  'follow-folder-changed',
  'rule-folder-is-personal',
  'no-rules',
] as const

const UPLOAD_CODES = [
  'transaction-expired',
  'plan-invalid',
  'restarted-too-often',
  'outcome-unknown',
  'daily-quota-used',
  'daily-share-used',
  'daily-quota-suspected',
  'parts-reserved',
  'upload-hours-short',
  'too-many-parts',
  'line-too-slow',
  'gave-up-waiting',
  'maybe-there-already',
] as const

/** Files that become online documents. */
const IMPORT_CODES = [
  'document-needs-folder',
  'import-too-large',
  'import-not-utf8',
  'import-format',
  'import-encrypted',
  'import-too-complex',
  'import-failed',
  'import-busy',
  'import-slow',
  'import-unanswered',
  'import-as-file',
  'document-uncertain',
  'document-not-moved',
] as const

const MACHINE_CODES = [
  'home-in-use',
  'home-unwritable',
  'home-moved',
  'home-restored',
  'home-gone',
  'home-unreleased',
  'home-set-aside',
  'store-newer',
  'store-corrupt',
  'settings-corrupt',
  'settings-damaged',
  'store-failed',
  'disk-full',
  'usage',
  'no-terminal',
  'internal',
] as const

/** The policy of the machine, made by the person who manages it. */
const POLICY_CODES = [
  'policy-invalid',
  'policy-locked',
  'policy-app',
  'policy-destination',
  'policy-excluded',
] as const

/** Between a page and the Feidi behind it. */
const HOST_CODES = [
  'app-gone',
  'request-invalid',
  'request-refused',
  'transfer-gone',
  'not-available-here',
  'folder-not-allowed',
  'holds-own-state',
  'folder-unreadable',
  'spool-too-large',
  'no-web-host',
  'account-fixed',
  'keychain-missing',
  'settings-file-invalid',
  'login-item-failed',
  'login-item-approval',
  'alert-url-invalid',
  'alert-not-delivered',
  'update-unreachable',
  'update-not-trusted',
  'update-not-installed',
] as const

export const LOCAL_ERROR_CODES = [
  ...NETWORK_CODES,
  ...SOURCE_CODES,
  ...DESTINATION_CODES,
  ...LINK_CODES,
  ...PLACE_CODES,
  ...ACCOUNT_CODES,
  ...RULE_CODES,
  ...UPLOAD_CODES,
  ...IMPORT_CODES,
  ...MACHINE_CODES,
  ...HOST_CODES,
  ...POLICY_CODES,
] as const

export type NetworkErrorCode = (typeof NETWORK_CODES)[number]
export type SourceErrorCode = (typeof SOURCE_CODES)[number]
export type DestinationErrorCode = (typeof DESTINATION_CODES)[number]
export type LinkErrorCode = (typeof LINK_CODES)[number]
export type PlaceErrorCode = (typeof PLACE_CODES)[number]
export type AccountErrorCode = (typeof ACCOUNT_CODES)[number]
export type RuleErrorCode = (typeof RULE_CODES)[number]
export type UploadErrorCode = (typeof UPLOAD_CODES)[number]
export type ImportErrorCode = (typeof IMPORT_CODES)[number]
export type MachineErrorCode = (typeof MACHINE_CODES)[number]
export type PolicyErrorCode = (typeof POLICY_CODES)[number]
export type HostErrorCode = (typeof HOST_CODES)[number]

export type LocalErrorCode = (typeof LOCAL_ERROR_CODES)[number]

/** A number is a `code` from a Feishu answer's body; a name is one of ours. */
export type ErrorCode = number | LocalErrorCode
