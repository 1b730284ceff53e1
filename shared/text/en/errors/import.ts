/** Files that become online documents. */
export const importing = {
  1069901: {
    message: 'Feishu could not start turning the file into a document.',
    remedy: 'No action needed: Feidi retries automatically.',
  },
  1069902: {
    message: 'This account may not import documents into that folder.',
    remedy:
      'Ask the owner of the folder for edit permission, check that the folder still exists, then retry.',
  },
  1069904: {
    message: 'Feishu does not turn this file into that type of document.',
    remedy: 'Save it in the format that its name says, or upload it as a file.',
  },
  1069906: {
    message: 'Feishu no longer has the uploaded file that was to become a document.',
    remedy: 'No action needed: Feidi uploads it again.',
    finalRemedy: 'Retry later, or upload it as a file.',
  },
  1069909: {
    message: 'The file is too large to become a document.',
    remedy: 'Split it, or upload it as a file.',
  },
  1069912: {
    message: 'The folder for the document no longer exists.',
    remedy: 'Choose another folder.',
  },
  1069913: {
    message:
      'The uploaded file was not turned into a document within five minutes, so Feishu has dropped it.',
    remedy: 'No action needed: Feidi uploads it again.',
  },
  1069923: {
    message: 'Feishu limits how many documents are imported at once.',
    remedy: 'No action needed: Feidi continues automatically.',
  },
  'document-needs-folder': {
    message:
      'Documents can only be made in a folder or below a wiki page, and the destination is neither.',
    remedy:
      'Choose a folder, or "below the page" for a wiki page (page:… on the command line), or upload the files as they are.',
  },
  'import-too-large': {
    message: 'The file is too large to become a document.',
    remedy: 'Split it, or upload it as a file.',
  },
  'import-not-utf8': {
    message:
      'The text is not in UTF-8, so a document made of it would be unreadable. Older spreadsheets and editors write Chinese as GBK.',
    remedy: 'Save it as UTF-8, which Excel calls CSV UTF-8, or upload it as a file.',
  },
  'import-format': {
    message: 'Feishu cannot read the file: it is damaged, or not what its name says.',
    remedy: 'Open it and save it again in the format that its name says, or upload it as a file.',
  },
  'import-encrypted': {
    message: 'The file is protected with a password, so Feishu cannot make a document of it.',
    remedy: 'Remove the password, or upload it as a file.',
  },
  'import-too-complex': {
    message: 'The file has more content, or more levels, than a document in Feishu can hold.',
    remedy: 'Split it, or upload it as a file.',
  },
  'import-failed': {
    message: 'Feishu failed to turn the file into a document.',
    remedy: 'No action needed: Feidi uploads it again.',
    finalRemedy: 'Retry later, or upload it as a file.',
  },
  'import-busy': {
    message: 'Feishu is still busy with another change in that folder.',
    remedy: 'No action needed: Feidi uploads it again.',
    finalRemedy: 'Retry later.',
  },
  'import-slow': {
    message: 'Feishu is still turning the file into a document.',
    remedy: 'No action needed: Feidi keeps looking.',
  },
  'import-unanswered': {
    message: "Feishu's answer was lost: it is not known whether a document is being made.",
    remedy: 'No action needed: Feidi looks after five minutes, so that no second one is made.',
  },
  'import-as-file': {
    message: 'The file cannot become a document.',
    remedy: 'No action needed: Feidi uploads it as a file.',
  },
  'document-uncertain': {
    message:
      "Feishu's answer was lost, and a document of that title has appeared: it is not certain whether it is this one.",
    remedy:
      'Look at it in Feishu and say whether it is yours. If not, upload again: Feidi makes a new document beside it.',
  },
  'document-not-moved': {
    message:
      'The document was made in the space of this account, but Feishu did not move it below the wiki page[: {detail}].',
    remedy:
      'Ask an admin of the wiki for edit permission on the page, then retry: the document is moved, not made again.',
  },
}
