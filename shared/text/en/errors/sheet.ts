export const sheet = {
  1310213: {
    message: 'The current account does not have access to this spreadsheet.',
    remedy: 'Ask its owner to give you or the app "Can edit", then retry.',
  },
  1310211: {
    message: 'Feishu cannot find this spreadsheet or sheet.',
    remedy:
      'Open the sheet in Feishu to make sure it was not deleted, then copy the link and choose the destination again.',
  },
  1310202: {
    message: 'The spot on the sheet where the picture should go cannot be used.',
    remedy: 'Lift the protection there or choose another sheet, then retry.',
  },
  1310245: {
    message: 'The spreadsheet did not accept the uploaded picture.',
    remedy: 'No action needed: Feidi uploads the picture to this spreadsheet again.',
    finalRemedy:
      'Make sure that the file is a picture Feishu supports, or use a folder or document instead.',
  },
  1310226: {
    message: 'The picture exceeds a limit of the spreadsheet.',
    remedy: 'Make the picture smaller, or use a folder or document as its destination.',
  },
  1310229: {
    message: 'Feishu found something in the request to place the picture to be incorrect.',
    remedy:
      'Choose the destination again and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
  },
  1310235: {
    message: 'The Feishu Sheets service has a problem at the moment.',
    remedy: 'No action needed: Feidi retries automatically.',
  },
  1310247: {
    message: 'This spreadsheet holds as many pictures as it can (4,000).',
    remedy: 'Choose another spreadsheet, or delete pictures that are no longer needed, then retry.',
  },
  1310217: {
    message: 'Too much was written to the spreadsheet at once.',
    remedy: 'No action needed: Feidi slows down and retries automatically.',
  },
  1063001: {
    message: 'The file is uploaded, but Feishu does not know the person it should be shared with.',
    remedy:
      'Check the email address or open_id to share with, then retry; the file is not uploaded again.',
  },
  1063003: {
    message: 'The file is uploaded, but it was not shared with this person.',
    remedy:
      'You may not be visible to each other, the organization may not allow it, or too many people have access already. Share it with someone else or ask your admin about the sharing settings, then retry; the file is not uploaded again.',
  },
  1063006: {
    message: 'Files are being shared too fast.',
    remedy: 'No action needed: Feidi slows down and retries automatically.',
  },
  1066001: {
    message: 'The Feishu permission service has a problem at the moment.',
    remedy: 'No action needed: Feidi retries a few times automatically.',
    finalRemedy:
      'The file is uploaded. Retry later to share it, or give the log ID to Feishu support.',
  },
  1063004: {
    message: 'The current account may not share this file.',
    remedy:
      'Grant the app the scope for managing document permissions, or do not share; the file is not uploaded again.',
  },
  1063002: {
    message: 'The current account may not share this file, or see who may.',
    remedy:
      'Grant the app the scope for managing document permissions, or do not share; the file is not uploaded again.',
  },
}
