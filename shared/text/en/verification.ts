/** The local file beside what was uploaded. */
export const verifiedLocal = {
  same: 'The local file is what was uploaded',
  changed: 'The local file has changed since',
  missing: 'The local file is no longer there',
  unreadable: 'The local file cannot be read',
  'not-comparable': 'Cannot compare: no content hash was kept for this upload',
} as const

/** The file in Feishu, as its metadata tells. */
export const verifiedRemote = {
  there: 'In Feishu, not changed since',
  modified: 'In Feishu, last changed {time}',
  missing: 'No longer in Feishu',
  unknown: 'Feishu does not say whether it is still there',
} as const

/** The bytes that Feishu holds. */
export const verifiedBytes = {
  same: 'Feishu holds the same bytes',
  sample: 'Feishu holds the same bytes in {compared} of {pieces} pieces that were compared',
  different: 'Feishu holds other bytes',
  unknown: 'The bytes in Feishu could not be compared',
} as const

/** A check of an upload against its receipt. */
export const verified = {
  because: '{words}: {why}',
  none: 'no upload known',
} as const
