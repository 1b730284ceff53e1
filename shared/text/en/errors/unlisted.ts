export const unlisted = {
  'unlisted-sign-in': {
    message: 'Feishu no longer accepts the current sign-in.',
    remedy: 'Sign in again; with app credentials, check the App ID and App Secret.',
  },
  'unlisted-forbidden': {
    message: 'Feishu refused access to this destination.',
    remedy:
      'Ask the owner of the destination to give you or the app edit access, then retry, or choose another destination.',
  },
  'unlisted-not-found': {
    message: 'Feishu could not find the place this file should go to.',
    remedy:
      'Open the destination in Feishu to make sure it was not moved or deleted, then paste its link again.',
  },
  'unlisted-too-fast': {
    message: 'Feishu asks to slow down.',
    remedy: 'No action needed: Feidi continues automatically[ in {seconds} s].',
  },
  'unlisted-server-trouble': {
    message: 'The Feishu server cannot handle requests at the moment.',
    remedy: 'No action needed: Feidi retries automatically, and what is already uploaded is kept.',
  },
  'unlisted-refused': {
    message: 'Feishu did not accept this file, for a reason Feidi does not know yet.',
    remedy: 'Retry; if it still does not work, update Feidi or give the log ID to Feishu support.',
  },
  'unlisted-account-refused': {
    message:
      'Feishu does not let this account in, for a reason Feidi does not know yet[: {detail}].',
    remedy:
      'Check the account settings or sign in again. If it still does not work, update Feidi or give the log ID to Feishu support. All queued files are kept.',
  },
}
