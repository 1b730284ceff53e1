export const localSource = {
  'source-missing': {
    message: 'The file is no longer where it was.',
    remedy: 'Put the file back and retry, or add it again from its new place.',
  },
  'source-moved': {
    message: 'When its turn came, the file was no longer where it was: renamed, moved or deleted.',
    remedy:
      'No action needed: if it is still in the watched folder, it is uploaded from its new place.',
  },
  'sensitive-file': {
    message:
      'It may hold keys, passwords or all that is yours, and does not go to a shared place unasked.',
    remedy:
      'If it is meant to be uploaded, add it again and allow sensitive files (--allow-sensitive on the command line).',
  },
  'source-is-directory': {
    message: 'There is a folder where a file was expected.',
    remedy: 'To upload the whole folder, add it again as a folder.',
  },
  'source-not-a-file': {
    message:
      'This is not an ordinary file but something like a device or a pipe, which cannot be uploaded.',
    remedy: 'Save what you need as an ordinary file and add that to Feidi.',
  },
  'source-is-link': {
    message: 'This is a link, and Feidi does not follow links out of a folder.',
    remedy: 'No action needed: if you want the file it points to, add that file itself.',
  },
  'source-name-invalid': {
    message: 'The name is not valid UTF-8 text, so the file can be neither opened nor uploaded.',
    remedy: 'Rename it. Names from an older system can be converted in bulk with convmv.',
  },
  'source-unreadable': {
    message: 'Feidi is not allowed to read this file.',
    remedy:
      'Allow your user to read the file in its properties. On macOS also allow Feidi under System Settings → Privacy & Security → Files and Folders, then retry.',
  },
  'source-busy': {
    message: 'The file is in use by another program.',
    remedy: 'No action needed: it is uploaded automatically when the file is closed.',
    finalRemedy: 'Close the program that uses the file, then retry.',
  },
  'source-empty': {
    message: 'The file is empty, and Feishu does not take empty files.',
    remedy: 'No action needed: once the file has content, it can be uploaded.',
  },
  'source-changed': {
    message: 'The file changed while it was being uploaded.',
    remedy: 'No action needed: when the file stops changing, Feidi uploads the new version.',
    finalRemedy: 'Wait until the file no longer changes, then retry.',
  },
  'source-unstable': {
    message: 'The file keeps changing, so no complete copy of it can be uploaded.',
    remedy:
      'Wait until the program that writes it has finished, or make a copy and upload the copy.',
  },
  'source-io-error': {
    message: 'The file could not be read from the disk.',
    remedy: 'No action needed: Feidi tries to read it a few more times.',
    finalRemedy:
      'Check that the disk or network drive is connected and the file can be opened, then retry.',
  },
  'source-away': {
    message: 'The disk, network drive or cloud drive that it is on does not answer.',
    remedy: 'No action needed: Feidi retries automatically. Check that the drive is connected.',
    finalRemedy: 'Connect the disk, network drive or cloud drive again, then retry.',
  },
  'source-path-too-long': {
    message: 'The path is too long for the system to open.',
    remedy: 'Shorten the names of the folders or the file, or move it into a folder further up.',
  },
  'source-locked': {
    message: 'It is encrypted and locked at present, so it cannot be read.',
    remedy: 'Unlock the encrypted folder, then retry.',
  },
  'source-exhausted': {
    message: 'The system has too many files open or too little memory to read it now.',
    remedy: 'No action needed: Feidi retries automatically.',
    finalRemedy: 'Close some programs or raise the limit of open files (ulimit -n), then retry.',
  },
  'source-redirected': {
    message:
      'A link has taken the place of the file, or of a folder that it is in, so it was not uploaded.',
    remedy:
      'Find out who has changed this place. If you do want what the link leads to, add that file itself.',
  },
  'source-own-state': {
    message: 'This is data of Feidi itself, which is never uploaded.',
    remedy: 'Choose another file.',
  },
  'already-uploaded': {
    message: 'The content is unchanged, and the file is already in Feishu.',
    remedy: 'No action needed: once the file changes, the new content can be uploaded.',
  },
  'file-too-large': {
    message: 'The file is too large for this destination.',
    remedy:
      'Compress or split the file, or upload it to a Feishu folder. Places that take a file only in one piece are limited to 20 MiB; an upload in parts must finish within 24 hours and 10,000 calls.',
  },
  'name-empty': {
    message: 'The file has no usable name.',
    remedy: 'Give the file a name, then retry.',
  },
  'name-too-long': {
    message: "The file name is longer than Feishu's limit of 250 characters.",
    remedy: 'Rename the file to 250 characters or fewer, then retry.',
  },
  'folder-name-too-long': {
    message:
      "A folder name is longer than Feishu's limit of 256 bytes, about 85 Chinese characters.",
    remedy: 'Shorten the name of the folder, then retry.',
  },
}
