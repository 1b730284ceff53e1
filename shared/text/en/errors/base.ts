const TRIES_AGAIN = 'No action needed: Feidi retries automatically.'

const CHOOSE_ATTACHMENT_FIELD =
  'Choose a field of type "Attachment" in the Base as the destination, then retry.'

export const base = {
  1254290: {
    message: 'Too much was written to the Base at once.',
    remedy: 'No action needed: Feidi slows down and retries automatically.',
  },
  1254291: {
    message: 'Something else is writing to the Base at the same time.',
    remedy: TRIES_AGAIN,
  },
  1254607: {
    message: 'The Base is not ready yet.',
    remedy: TRIES_AGAIN,
  },
  1254112: {
    message: 'This Base is busy and cannot be written to at the moment.',
    remedy: 'No action needed: Feidi retries automatically and does not add a record twice.',
  },
  1255001: {
    message: 'The Base service ran into an internal error.',
    remedy: 'No action needed: Feidi retries automatically and does not add a record twice.',
  },
  1255040: {
    message: 'The Base took too long to answer.',
    remedy: 'No action needed: Feidi retries automatically and does not add a record twice.',
  },
  1254608: {
    message: 'The same change was already sent to the Base.',
    remedy: 'No action needed: Feidi checks whether it was made and does not add a record twice.',
  },
  1254303: {
    message: 'The uploaded attachment does not belong to this Base.',
    remedy: 'No action needed: Feidi uploads the file to this Base again.',
  },
  1254302: {
    message: "The Base's advanced permissions do not let the current account write to it.",
    remedy:
      'Ask the owner of the Base to give you or the app "Can manage" in its advanced permissions, then retry.',
  },
  1254306: {
    message: "Your organization's Feishu plan does not allow this on the Base.",
    remedy: 'Ask your Feishu admin what the plan includes for Base, or choose another Base.',
  },
  1254015: {
    message: 'The chosen field is not of a type that holds attachments.',
    remedy: CHOOSE_ATTACHMENT_FIELD,
  },
  1254069: {
    message: 'The Base did not accept what was written to the attachment field.',
    remedy: CHOOSE_ATTACHMENT_FIELD,
  },
  1254040: {
    message: 'Feishu cannot find the Base at the moment.',
    remedy:
      'No action needed: new items may take some seconds to show up, and Feidi retries automatically.',
    finalRemedy:
      'Open the Base in Feishu, make sure the Base was not deleted, then copy the link and choose the destination again.',
  },
  1254041: {
    message: 'Feishu cannot find the table at the moment.',
    remedy:
      'No action needed: new items may take some seconds to show up, and Feidi retries automatically.',
    finalRemedy:
      'Open the Base in Feishu, make sure the table was not deleted, then copy the link and choose the destination again.',
  },
  1254042: {
    message: 'Feishu cannot find the view at the moment.',
    remedy:
      'No action needed: new items may take some seconds to show up, and Feidi retries automatically.',
    finalRemedy:
      'Open the Base in Feishu, make sure the view was not deleted, then copy the link and choose the destination again.',
  },
  1254043: {
    message: 'Feishu cannot find the record at the moment.',
    remedy:
      'No action needed: new items may take some seconds to show up, and Feidi retries automatically.',
    finalRemedy:
      'Open the Base in Feishu, make sure the record was not deleted, then copy the link and choose the destination again.',
  },
  1254044: {
    message: 'Feishu cannot find the field at the moment.',
    remedy:
      'No action needed: new items may take some seconds to show up, and Feidi retries automatically.',
    finalRemedy:
      'Open the Base in Feishu, make sure the field was not deleted, then copy the link and choose the destination again.',
  },
  1254045: {
    message: 'Feishu cannot find the field of that name at the moment.',
    remedy:
      'No action needed: new items may take some seconds to show up, and Feidi retries automatically.',
    finalRemedy:
      'Open the Base in Feishu, make sure the field of that name was not deleted, then copy the link and choose the destination again.',
  },
  1254103: {
    message: 'The table has reached its limit of records.',
    remedy: 'Delete records that are no longer needed and retry, or choose another table.',
  },
  1254106: {
    message: 'The cell holds as many attachments as it can.',
    remedy:
      'Delete attachments in the cell that are no longer needed, or use another record, then retry.',
  },
  1254130: {
    message: 'The content of the cell has reached its size limit.',
    remedy: 'Remove some of what is in the cell, or use another record, then retry.',
  },
}
