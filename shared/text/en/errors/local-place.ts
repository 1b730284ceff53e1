const CHOOSE_FIELD = 'Choose a field: in the window, or by writing base:APP/TABLE/FIELD.'

export const localPlace = {
  'destination-not-looked-up': {
    message: 'It is not known yet where this link leads; Feishu has to be asked first[: {detail}].',
    remedy: 'Try once more while online and signed in; afterwards it is known.',
  },
  'destination-read-only': {
    message: 'The current account cannot edit this destination[: {detail}].',
    remedy: 'Ask its owner to give you or the app "Can edit", then retry.',
  },
  'path-missing': {
    message: 'There is no such folder or page[: {detail}].',
    remedy:
      'Check the names: `feidi destinations` lists them. `feidi destinations PATH --create` makes missing folders.',
  },
  'path-ambiguous': {
    message: 'Several folders or pages have this name[: {detail}].',
    remedy: 'Use the token or the link of the one you mean instead of its name.',
  },
  'search-needs-person': {
    message: 'Feishu searches only for people, and this account is an app.',
    remedy:
      'Paste the link of the folder, or open the folder it is in. Folders that are shared with the app have to be given by their link.',
  },
  'one-file-only': {
    message: 'This destination is a file, which takes exactly one file as its new version.',
    remedy: 'Choose one file only, or use the link of a folder.',
  },
  'overwrite-unsupported': {
    message: 'Feishu does not replace files in this organisation yet.',
    remedy: 'Use the folder as the destination: the new file goes beside the old one.',
  },
  'overwrite-made-second': {
    message: 'Feishu did not replace this file but made a second one.',
    remedy:
      'Delete the second file in Feishu and use the folder as the destination; Feidi does not try to replace again.',
  },
  'wiki-refused': {
    message: 'Feishu did not take a file below this wiki page[ ({detail})].',
    remedy: 'Upload to a folder and move the files to the wiki in Feishu, or retry later.',
  },
  'name-taken': {
    message: 'The folder has a file of that name already.',
    remedy: 'No action needed: to upload it all the same, choose to keep both or to replace.',
  },
  'base-table-missing': {
    message:
      'The Base has no such table; the link may lead to a dashboard or an automation[: {detail}].',
    remedy: 'Open the table to write to and copy the link from the address bar.',
  },
  'base-table-ambiguous': {
    message: 'The Base has several tables, and one has to be chosen[: {detail}].',
    remedy: 'Open the table to write to and copy the link with table= from the address bar.',
  },
  'base-field-missing': {
    message: 'The table has no such field[: {detail}].',
    remedy: CHOOSE_FIELD,
  },
  'base-field-not-attachment': {
    message: 'This field does not hold attachments[: {detail}].',
    remedy: CHOOSE_FIELD,
  },
  'base-no-attachment-field': {
    message: 'The table has no attachment field.',
    remedy: 'Add a field of type "Attachment" to the table in Feishu, then retry.',
  },
  'base-field-ambiguous': {
    message: 'The table has several attachment fields, and one has to be chosen[: {detail}].',
    remedy: CHOOSE_FIELD,
  },
  'base-column-type': {
    message: 'This field cannot hold what it should be told[: {detail}].',
    remedy:
      'Names and paths go into text fields, sizes into number fields, times into date fields.',
  },
  'sheet-missing': {
    message: 'The spreadsheet has no such sheet[: {detail}].',
    remedy: 'Open the sheet to use and copy the link from the address bar.',
  },
  'sheet-only-images': {
    message: 'A spreadsheet only takes pictures[: {detail}].',
    remedy: 'Use a folder, document or Base as the destination of this file.',
  },
  'sheet-image-too-large': {
    message: 'A picture in a spreadsheet can have 20 MB at most[: {detail}].',
    remedy: 'Make the picture smaller, or use a folder or document as its destination.',
  },
  'attachment-too-large': {
    message: 'An attachment of a Base can have 2 GB at most[: {detail}].',
    remedy: 'Upload it to a folder and put its link into the record.',
  },
  'document-being-edited': {
    message:
      'The document is being edited so much that an empty place in it cannot be taken away yet.',
    remedy: 'No action needed: Feidi retries automatically in a while.',
  },
}
