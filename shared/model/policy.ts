/** Settings that the policy of a machine can fix for all who use it. */
export const LOCKABLE_SETTINGS = [
  'bandwidthBytesPerSecond',
  'callsPerDay',
  'checkForUpdates',
] as const

export type LockedSetting = (typeof LOCKABLE_SETTINGS)[number]
