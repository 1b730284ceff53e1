/** Purposes of permissions. */
export const permissions = {
  folder: 'Folders, shared folders and My Space',
  media: 'Bare media (only a token comes back)',
  import: 'Files as online documents',
  document: 'Documents',
  sheet: 'Sheets (pictures)',
  base: 'Bases, new records',
  record: 'Bases, existing records',
  wiki: 'Links to wiki pages',
  page: 'Files below wiki pages',
  share: 'Sharing uploaded files',
  follow: 'Renaming, moving and deleting as in a watched folder',
  names: 'Names of folders and documents',
  rights: 'Checking the right to edit in advance',
  compare: 'Comparing files after a broken connection',
  staySignedIn: 'Staying signed in',
} as const
