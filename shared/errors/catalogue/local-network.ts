import type { EntryBody } from '../catalogue-entry.ts'
import type { NetworkErrorCode } from '../error-code.ts'

/** The way to Feishu. */
export const NETWORK_BODIES = {
  'dns-failed': {
    policy: 'backoff',
    domain: 'network',
    actor: 'wait',
  },
  'connection-refused': {
    policy: 'backoff',
    domain: 'network',
    actor: 'wait',
  },
  'connection-lost': {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'network',
    actor: 'wait',
  },
  'idle-timeout': {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'network',
    actor: 'wait',
  },
  'tls-untrusted': {
    policy: 'block-account',
    domain: 'network',
    actor: 'you',
  },
  'proxy-refused': {
    policy: 'block-account',
    domain: 'network',
    actor: 'you',
  },
  'bad-response': {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'network',
    actor: 'wait',
  },
  'http-error': {
    policy: 'backoff',
    mayHaveLanded: true,
    domain: 'server',
    actor: 'wait',
  },
  'connection-metered': {
    policy: 'stop',
    domain: 'network',
    actor: 'you',
  },
} satisfies Record<NetworkErrorCode, EntryBody>
