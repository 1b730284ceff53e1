import type { EntryBody } from '../catalogue-entry.ts'
import type { MachineErrorCode } from '../error-code.ts'

const STOP = { policy: 'stop', domain: 'local', actor: 'you' } as const

/** This computer, and Feidi's own state on it. */
export const MACHINE_BODIES = {
  'home-in-use': {
    ...STOP,
  },
  'home-unwritable': {
    ...STOP,
  },
  'home-moved': {
    ...STOP,
  },
  'home-restored': {
    ...STOP,
  },
  'home-gone': {
    ...STOP,
  },
  'home-set-aside': {
    ...STOP,
  },
  'home-unreleased': {
    ...STOP,
  },
  'store-newer': {
    ...STOP,
  },
  'store-corrupt': {
    ...STOP,
  },
  'settings-corrupt': {
    ...STOP,
  },
  'settings-damaged': {
    ...STOP,
  },
  'store-failed': {
    ...STOP,
  },
  'disk-full': {
    ...STOP,
  },
  usage: {
    ...STOP,
  },
  'no-terminal': {
    ...STOP,
  },
  internal: {
    policy: 'fail-file',
    domain: 'local',
    actor: 'you',
  },
} satisfies Record<MachineErrorCode, EntryBody>
