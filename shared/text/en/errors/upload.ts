export const upload = {
  1061001: {
    message: 'The Feishu server ran into an internal error.',
    remedy: 'No action needed: Feidi retries a few times automatically.',
    finalRemedy:
      'Open the destination in Feishu and make sure it still exists and, for a folder upload, is a folder rather than a document. If it is right, retry later, or give the log ID to Feishu support.',
  },
  1061002: {
    message: 'Feishu found something in this upload request to be incorrect.',
    remedy:
      'Paste the destination link again and check the file name, then retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
  },
  1061003: {
    message: 'Feishu could not find the destination of this upload.',
    remedy:
      'Open the destination in Feishu to make sure it was not deleted or moved, then choose it again and retry.',
  },
  1061004: {
    message: 'The current account does not have edit access to this destination.',
    remedy:
      'Ask the owner to give you "Can edit" under "Share". When uploading as an app, share the folder with a group that contains the app, or use "Add document app" in the "…" menu of the document.',
  },
  1061005: {
    message: 'Feishu did not accept the current sign-in.',
    remedy: 'Sign in to Feidi again, or check the App ID and App Secret when using an app.',
  },
  1061006: {
    message: 'The Feishu server took too long and gave up on the request.',
    remedy: 'No action needed: Feidi retries automatically.',
  },
  1061007: {
    message: 'The file or place to upload to was deleted in Feishu.',
    remedy: 'Restore it from the trash in Feishu Drive or choose another destination, then retry.',
  },
  1061008: {
    message: 'Feishu did not accept the file name: it is empty or longer than 250 characters.',
    remedy: 'Rename the file to 250 characters or fewer, then retry.',
  },
  1061021: {
    message: 'This upload has expired at Feishu, which keeps an unfinished one for 24 hours.',
    remedy: 'No action needed: Feidi restarts this upload automatically.',
  },
  1061041: {
    message: 'The place to upload to was deleted.',
    remedy: 'Restore it from the trash in Feishu Drive and retry, or choose another destination.',
  },
  1061042: {
    message: 'This destination holds as many images and attachments as it can.',
    remedy:
      'Delete images or attachments that are no longer needed and retry, or choose another destination.',
  },
  1061043: {
    message: 'The file is larger than the Feishu plan of your organization allows.',
    remedy:
      'Compress or split the file, then retry. The limit of each plan is listed in the Feishu Help Center; for a higher one, ask your Feishu admin.',
  },
  1061044: {
    message: 'The place to upload to does not exist or is not of a kind that takes files.',
    remedy:
      'Open the destination in Feishu, copy its link from the address bar and choose it again.',
  },
  1061045: {
    message: 'Feishu is busy or received too many requests at once.',
    remedy: 'No action needed: Feidi slows down and retries automatically.',
  },
  1061109: {
    message: "The file name did not pass Feishu's content check.",
    remedy:
      'Rename the file and retry; it is found under its new name. If you think the check is mistaken, contact your Feishu admin.',
  },
  1061113: {
    message: "The file did not pass Feishu's content check.",
    remedy:
      'Feishu will not take this file. If you think the check is mistaken, contact your Feishu admin.',
  },
  1061101: {
    message: "Your organization's Feishu storage is full.",
    remedy: 'Ask your Feishu admin to free or add storage in the Admin Console, then retry.',
  },
  1062004: {
    message: 'Feishu is still making a thumbnail for this file.',
    remedy: 'No action needed: the thumbnail appears automatically later.',
  },
  1062005: {
    message: 'Feishu does not make thumbnails for this type of file.',
    remedy: 'No action needed: the upload completes as usual.',
  },
  1062006: {
    message: 'The thumbnail of this file does not exist yet.',
    remedy: 'No action needed: the thumbnail appears automatically later.',
  },
  1062007: {
    message: 'This upload was begun by a different account.',
    remedy:
      'No action needed: Feidi uploads the file again from the start with the current account.',
  },
  1062008: {
    message: 'A part that Feishu received does not match the file.',
    remedy: 'No action needed: Feidi reads the part again and sends it once more.',
    finalRemedy:
      'Make sure the disk and the network work properly and nothing is changing the file, then retry.',
  },
  1062009: {
    message: 'The amount of data Feishu received does not match the file.',
    remedy: 'No action needed: Feidi checks the file and sends it once more.',
    finalRemedy: 'Wait until the file is completely written and no longer changes, then retry.',
  },
  1062010: {
    message: 'Some parts of this file are missing at Feishu.',
    remedy: 'No action needed: Feidi restarts this upload automatically.',
  },
  1062011: {
    message: 'What was sent does not fit the parts Feishu planned for this file.',
    remedy: 'No action needed: Feidi restarts this upload automatically.',
  },
  1061547: {
    message: 'This document holds as many attachments as it can.',
    remedy: 'Delete attachments that are no longer needed and retry, or choose another document.',
  },
  1061061: {
    message: 'Your personal Feishu storage is full.',
    remedy:
      'Delete files you no longer need in Feishu Drive and empty the trash, or ask your Feishu admin for more storage, then retry.',
  },
  1061073: {
    message: 'The app does not have the scope that uploading needs[: {scopes}].',
    remedy:
      'Ask the app owner to add drive:file:upload (for folders) and docs:document.media:upload (for documents) under "Permissions & Scopes" in the Feishu developer console and publish a new version, then retry.',
  },
  1062012: {
    message: 'Feishu is copying this file at the moment.',
    remedy: 'No action needed: Feidi continues automatically when the copy is finished.',
  },
  1062013: {
    message: 'Feishu failed to save this file.',
    remedy: 'No action needed: Feidi uploads the file once more from the start.',
    finalRemedy:
      'Open the file on this computer to make sure it is intact, then retry. If it still does not work, give the log ID to Feishu support.',
  },
  1062014: {
    message: 'Feishu did not allow this file to be filled in from content it already has.',
    remedy: 'No action needed: Feidi uploads the whole file once more from the start.',
    finalRemedy: 'Retry later. If it still does not work, give the log ID to Feishu support.',
  },
  1062051: {
    message: 'The connection to Feishu broke during the upload.',
    remedy: 'No action needed: Feidi resumes where it stopped automatically.',
  },
  1062505: {
    message: 'Feishu Drive has reached its limit of 400,000 files and folders in total.',
    remedy: 'Delete files and folders you no longer need in Feishu Drive, then retry.',
  },
  1062506: {
    message: "The destination is deeper than Feishu's limit of 15 folder levels.",
    remedy:
      'Choose a destination closer to the top, or nest the local folders less deeply, then retry.',
  },
  1062507: {
    message: 'The destination folder has reached its limit of 1,500 items.',
    remedy:
      'Choose another folder, or move some of its items into subfolders in Feishu, then retry.',
  },
}
