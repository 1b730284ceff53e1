import type { EntryBody } from '../catalogue-entry.ts'
import type { AccountErrorCode } from '../error-code.ts'

/** Errors of the account, and of the settings to reach Feishu. */
export const ACCOUNT_BODIES = {
  'credentials-missing': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  'token-refused': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  'signed-out': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  'account-unknown': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'secret-elsewhere': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  'sign-in-damaged': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  'sign-in-refused': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  'sign-in-denied': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  'sign-in-expired': {
    policy: 'block-account',
    domain: 'auth',
    actor: 'you',
  },
  'sign-in-ports-taken': {
    policy: 'block-account',
    domain: 'local',
    actor: 'you',
  },
  'sign-in-not-renewable': {
    policy: 'stop',
    domain: 'local',
    actor: 'admin',
  },
  'sign-in-other-person': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'sign-out-not-told': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'registration-unavailable': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'registration-denied': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'registration-expired': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'base-url-insecure': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'ca-file-unreadable': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'clock-wrong': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'proxy-invalid': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'limiter-invalid': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
  'limiter-unreachable': {
    policy: 'stop',
    domain: 'local',
    actor: 'admin',
  },
  'proxy-unescaped': {
    policy: 'stop',
    domain: 'local',
    actor: 'you',
  },
} satisfies Record<AccountErrorCode, EntryBody>
