export const document = {
  1770013: {
    message: 'The uploaded attachment does not match its place in the document.',
    remedy:
      'No action needed: Feidi prepares a new place in the document and uploads the file again.',
  },
  1770001: {
    message: 'Feishu found something in this change to the document to be incorrect.',
    remedy:
      'Choose the destination again and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
  },
  1770002: {
    message:
      'The document, or the place in it that was meant for this file, is not there any more.',
    remedy:
      'No action needed: Feidi prepares a new place in the document and uploads the file again.',
    finalRemedy:
      'Open the document in Feishu to make sure it was not deleted, then choose the destination again.',
  },
  1770032: {
    message: 'The current account does not have edit access to this document.',
    remedy:
      'Ask the owner to give you "Can edit" under "Share". When uploading as an app, use "Add document app" in the "…" menu of the document.',
  },
  1770035: {
    message: 'This document holds as many pictures or attachments as it can.',
    remedy:
      'Choose another document, or delete pictures and attachments that are no longer needed, then retry.',
  },
  1770004: {
    message: 'This document holds as much content as it can.',
    remedy: 'Choose another document, or delete content that is no longer needed, then retry.',
  },
  1770007: {
    message: 'This place in the document holds as much content as it can.',
    remedy:
      'Choose another document or place, or delete content that is no longer needed, then retry.',
  },
  1771001: {
    message: 'The Feishu Docs service has a problem at the moment.',
    remedy: 'No action needed: Feidi retries automatically.',
  },
  1771006: {
    message: 'Feishu could not put it in the place given.',
    remedy: 'No action needed: Feidi retries a few times automatically.',
    finalRemedy: 'Open the destination in Feishu, copy its link again and retry.',
  },
  1770020: {
    message: 'This document is being copied.',
    remedy: 'No action needed: Feidi retries automatically.',
  },
  1770021: {
    message: 'This document was changed many times meanwhile.',
    remedy: 'No action needed: Feidi looks at it again and continues automatically.',
    finalRemedy: 'Retry when the document is no longer changed so often.',
  },
  1770008: {
    message: 'This file is too large for a document.',
    remedy: 'Upload it to a folder instead and paste its link into the document.',
  },
  1770006: {
    message: 'Files cannot be put in this place of the document.',
    remedy:
      'Choose another document or place and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
  },
  131001: {
    message: 'The Feishu wiki service has a problem at the moment.',
    remedy: 'No action needed: Feidi retries a few times automatically.',
    finalRemedy: 'Retry later, or give the log ID to Feishu support.',
  },
  131002: {
    message: 'Feishu cannot make sense of the link to this wiki page.',
    remedy: 'Open the page in Feishu, copy its link again and choose it as the destination.',
  },
  131004: {
    message: 'The wiki did not accept the current account.',
    remedy: 'Sign in again and retry. If it still does not work, use another account.',
  },
  131009: {
    message: 'Something else is changing the wiki.',
    remedy: 'No action needed: Feidi retries automatically.',
  },
  131005: {
    message: 'Feishu cannot find this wiki page.',
    remedy:
      'Open the page in Feishu to make sure it was not deleted or moved, then copy its link again.',
  },
  131006: {
    message: 'The current account does not have access to this wiki page.',
    remedy:
      'Ask the wiki admin to add you as a member who can edit. When uploading as an app, add a group that contains the app to the wiki, then retry.',
  },
  131007: {
    message: 'Feishu cannot handle this wiki page.',
    remedy:
      'Choose another destination. If it has to be this page, give the log ID to Feishu support.',
  },
}
