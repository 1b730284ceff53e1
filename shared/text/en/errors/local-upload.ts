export const localUpload = {
  'transaction-expired': {
    message:
      'This upload is no longer valid at Feishu, which keeps an unfinished one for 24 hours at most.',
    remedy: 'No action needed: Feidi restarts this upload automatically.',
  },
  'plan-invalid': {
    message: 'The parts Feishu planned do not fit the file.',
    remedy: 'No action needed: Feidi restarts this upload automatically.',
    finalRemedy:
      'Retry later. If it still does not work, update Feidi or give the log ID to Feishu support.',
  },
  'restarted-too-often': {
    message: 'Feidi restarted this upload several times without success.',
    remedy:
      'Make sure the file is not changing and the network is stable, then retry. If it still does not work, give the log ID to Feishu support.',
  },
  'outcome-unknown': {
    message:
      "Feishu's answer was lost, and a file of that name has appeared: it is not certain whether it is this one.",
    remedy:
      'Look at it in Feishu and say whether it is yours. If not, upload again: Feidi puts this one beside it. With the scope drive:file:download Feidi compares the two automatically.',
  },
  'daily-quota-used': {
    message: "Today's Feishu quota of 10,000 calls is used up.",
    remedy: 'No action needed: Feidi continues automatically when the quota is back at 00:00.',
  },
  'daily-share-used': {
    message: "This computer has used its share of today's Feishu calls.",
    remedy:
      'No action needed: the rest is left to other computers that use the same app, and Feidi continues automatically. The share can be changed in the settings.',
  },
  'parts-reserved': {
    message:
      'The calls that are left today do not suffice for this file: uploads under way need them, or there are too few.',
    remedy:
      'No action needed: it starts as soon as it can also finish within the day that Feishu keeps an unfinished upload.',
  },
  'upload-hours-short': {
    message: 'The upload hours that are left now are too short for this file.',
    remedy:
      'No action needed: it starts when the next upload hours begin, so that it finishes within the day that Feishu keeps an unfinished upload. Longer hours in the settings let it start sooner.',
  },
  'too-many-parts': {
    message:
      'This file needs more calls[ ({detail})] than may be made in the day that Feishu keeps an unfinished upload.',
    remedy:
      'Split the file into smaller ones. If the calls a day are limited in the settings, raise the limit.',
  },
  'line-too-slow': {
    message:
      'At the speed of this line the file takes longer than the day that Feishu keeps an unfinished upload.',
    remedy: 'Use a faster line, allow more bandwidth or more hours a day, or split the file.',
  },
  'daily-quota-suspected': {
    message: "Today's Feishu quota may be used up: Feishu keeps asking to try later.",
    remedy:
      'No action needed: Feidi retries now and then and continues when the quota is back. "Try now" does so at once.',
  },
  'gave-up-waiting': {
    message: 'It took too long, so Feidi stopped trying.',
    remedy:
      'Check the network and retry. Within 24 hours the upload continues from what is already there.',
  },
  'maybe-there-already': {
    message:
      'The folder has a file of that name, which may be this very file: it may have gone up before the data folder was moved or put back.',
    remedy:
      'Look at it in Feishu. If it is the same, there is nothing to do; otherwise retry, and Feidi uploads it beside the other.',
  },
}
