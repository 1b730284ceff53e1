export const baseRequest = {
  91403: {
    message: 'The current account does not have access to this Base.',
    remedy:
      'Ask the owner to give you "Can edit" under "Share". When uploading as an app, use "Add document app" in the "…" menu of the Base.',
  },
  1254000: {
    message: 'The Base found what was to be written to be malformed.',
    remedy:
      'Choose the destination again and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
  },
  1254100: {
    message: 'This Base holds as many tables, views, files or fields as it can.',
    remedy: 'Choose another Base, or delete what is no longer needed in it, then retry.',
  },
  1254301: {
    message: 'Advanced permissions are not on in this Base, or not possible there.',
    remedy:
      'Ask the owner to check the advanced permissions of the Base, or choose another destination, then retry.',
  },
  1254003: {
    message: 'Part of the link to the Base is not right.',
    remedy:
      'Open the table or record in Feishu, copy its link again and choose it as the destination.',
  },
  1254027: {
    message: 'The uploaded attachment is not tied to this Base.',
    remedy: 'No action needed: Feidi uploads the file to this Base again.',
    finalRemedy:
      'Open the Base in Feishu and try to add an attachment by hand. If that fails too, choose another Base.',
  },
  1254036: {
    message: 'The Base is being copied and cannot be written to at the moment.',
    remedy: 'No action needed: Feidi retries once the copy is done.',
  },
  1254037: {
    message: 'Feishu did not accept the mark that this write carries.',
    remedy: 'Update Feidi and retry. If it still does not work, give the log ID to Feishu support.',
  },
  1255006: {
    message: 'Feishu says that this write clashes with one that was sent before.',
    remedy: 'No action needed: Feidi checks whether it was made and does not add a record twice.',
    finalRemedy:
      'Open the table in Feishu and see whether the file is in it. If it is not, remove the file from the queue and add it again.',
  },
  1254060: {
    message: 'One of the fields of the table cannot hold what is to be written to it.',
    remedy:
      'Have names and paths written to text fields, sizes to number fields and times to date fields, then retry.',
  },
  1254104: {
    message: 'Too many records were written at once.',
    remedy: 'Update Feidi and retry, or add the files a few at a time.',
  },
}
