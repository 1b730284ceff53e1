/** Names and kinds of destinations. */
export const place = {
  mine: 'My Space',
  app: 'The app’s space',
  folder: 'Folder',
  docx: 'Document',
  sheet: 'Spreadsheet',
  base: 'Base',
  page: 'Wiki page',
  file: 'File',
  media: 'Media',
  nameless: '{kind} …{end}',
  unread: 'Its name could not be read. {reason}',
  notAsked: 'Its name has not been read from Feishu yet.',
} as const
