import type { EntryBody } from '../catalogue-entry.ts'
import type { HostErrorCode } from '../error-code.ts'

const REFUSAL = { policy: 'stop', domain: 'local', actor: 'you' } as const

/** Between a page and the Feidi behind it; none of these concerns a file on its way. */
export const HOST_BODIES = {
  'app-gone': {
    ...REFUSAL,
  },
  'request-invalid': {
    ...REFUSAL,
  },
  'request-refused': {
    ...REFUSAL,
  },
  'transfer-gone': {
    ...REFUSAL,
  },
  'not-available-here': {
    ...REFUSAL,
  },
  'folder-not-allowed': {
    ...REFUSAL,
  },
  'holds-own-state': {
    ...REFUSAL,
  },
  'folder-unreadable': {
    ...REFUSAL,
  },
  'no-web-host': {
    ...REFUSAL,
  },
  'spool-too-large': {
    ...REFUSAL,
  },
  'account-fixed': {
    ...REFUSAL,
  },
  'keychain-missing': {
    ...REFUSAL,
  },
  'settings-file-invalid': {
    ...REFUSAL,
  },
  'login-item-failed': {
    ...REFUSAL,
  },
  'login-item-approval': {
    ...REFUSAL,
  },
  'alert-url-invalid': {
    ...REFUSAL,
  },
  'alert-not-delivered': {
    ...REFUSAL,
  },
  'update-unreachable': {
    ...REFUSAL,
  },
  'update-not-trusted': {
    ...REFUSAL,
  },
  'update-not-installed': {
    ...REFUSAL,
  },
} satisfies Record<HostErrorCode, EntryBody>
