/** States of a watch rule. */
export const watch = {
  watching: 'Watching ({files} files)',
  waiting: 'Watching ({files} files, {waiting} waiting)',
  scanning: 'Scanning ({scanned})',
  scanningOf: 'Scanning ({scanned} of {expected})',
  checking: 'Watching, comparing contents ({checked} of {of})',
  'root-missing': 'Folder unavailable (drive not connected), resumes when it is back',
  'root-replaced': 'The folder now leads to {path}. Nothing is uploaded until you confirm it.',
  'no-permission': 'No permission to read {path}. The rest is watched.',
  'not-answering':
    '{path} is not responding (network drive or disk). The rest is watched; it resumes automatically.',
  unreadable: '{path} cannot be read. The rest is watched.',
  'too-many-watches':
    'The system allows too few watches, so the folder is checked at intervals instead. Raise {setting}.',
  paused: 'Paused',
} as const

/** Reasons why a file of a rule is not in the queue yet. */
export const unsettled = {
  settling: 'File is still changing',
  changing: 'File is still changing',
  locked: 'File in use, uploads once it is closed',
  unreadable: 'File cannot be read, uploads once it can',
  checking: 'Comparing contents',
  approval: 'Waiting for your approval, because many files were changed or deleted at once',
  moving: 'Moved while uploading, waiting for the upload to end',
} as const

/** Changes that a rule makes in Feishu, because they were made here. */
export const follow = {
  move: '{name} → {to}',
  folder: 'Folder {name} → {to}',
  trash: '{name} goes to the recycle bin {when}',
  'trash-later': '{name} goes to the recycle bin 24 hours after Feidi has reached Feishu again',
  replace: '{name} replaces its older version',
  left: '{name}: {reason}',
  nothing: 'Nothing is to be changed in Feishu.',
  'stop-limit':
    'Waits for your approval: many files were deleted, renamed or replaced in 24 hours.',
  'stop-folder-changed':
    'Waits for your approval: the folder, or a drive in it, is not the one it was.',
} as const

/** Reasons why a rule has nothing to do for a file. */
export const leftOut = {
  excluded: 'Excluded by the rule ({pattern})',
  'not-included': 'Not included by the rule',
  'not-recursive': 'The rule excludes subfolders',
  empty: 'Empty file',
  'too-small': 'Smaller than the minimum size of the rule',
  'too-large': 'Larger than the maximum size of the rule',
  link: 'Link',
  'link-leads-out': 'Link to a place outside the folder',
  'link-loop': 'Link to a folder that contains it',
  'not-a-file': 'Not a regular file',
  outside: 'Outside the folder',
  missing: 'No longer there',
  unreadable: 'Cannot be read',
  'name-invalid': 'Its name is not valid text',
  sensitive: 'May hold keys or passwords',
  downloading: 'Still downloading',
  moved: 'Moved, already uploaded',
  copy: 'Copy of an uploaded file',
  baseline: 'Existed before the rule',
  later: 'File is still changing',
} as const
