const CHECK_CREDENTIALS =
  'Open the app in the Feishu developer console, copy the App ID and App Secret from "Credentials & Basic Info" again and enter them in the account settings of Feidi.'

const SIGN_IN_AGAIN = 'Sign in to Feidi again; unfinished uploads resume where they stopped.'

export const auth = {
  99991543: {
    message: "Feishu does not accept the app's App ID or App Secret.",
    remedy: CHECK_CREDENTIALS,
  },
  10003: {
    message: 'Feishu does not know this App ID: it is not written as one.',
    remedy: CHECK_CREDENTIALS,
  },
  10005: {
    message: 'Your organization has not authorized this app.',
    remedy:
      'Ask your Feishu admin to enable or install the app under "App Management" in the Admin Console, then retry.',
  },
  10012: {
    message: 'Feishu did not hand out a token for the app.',
    remedy: 'No action needed: Feidi retries once automatically.',
    finalRemedy: CHECK_CREDENTIALS,
  },
  10014: {
    message:
      'Feishu does not let this app sign in: the App ID or App Secret is wrong, or the app is disabled.',
    remedy:
      'Copy the App ID and App Secret again from "Credentials & Basic Info" in the Feishu developer console. If both are right, ask your Feishu admin to enable the app.',
  },
  10015: {
    message: 'Feishu does not accept this App Secret.',
    remedy: CHECK_CREDENTIALS,
  },
  20013: {
    message: "Feishu did not accept the app's token.",
    remedy: CHECK_CREDENTIALS,
  },
  99991661: {
    message: 'Feishu did not receive a sign-in with the request.',
    remedy: SIGN_IN_AGAIN,
  },
  99991662: {
    message: 'The app is disabled or not installed in your organization.',
    remedy:
      'Ask your Feishu admin to enable or install the app under "App Management" in the Admin Console, then retry.',
  },
  99991663: {
    message: "The app's sign-in is no longer valid, or this action is not open to apps.",
    remedy: 'Check the App ID and App Secret, or sign in with a personal account.',
  },
  99991664: {
    message: "Feishu did not accept the app's sign-in.",
    remedy:
      'Check the App ID and App Secret under "Credentials & Basic Info" in the Feishu developer console.',
  },
  99991668: {
    message: 'The sign-in is no longer valid, or this action is not open to personal accounts.',
    remedy: SIGN_IN_AGAIN,
  },
  99991669: {
    message: 'The sign-in is no longer valid and cannot be renewed.',
    remedy: SIGN_IN_AGAIN,
  },
  99991671: {
    message: 'The access token is not in the right format.',
    remedy: 'Sign in again, or check that FEIDI_ACCESS_TOKEN is complete.',
  },
  99991672: {
    message: 'The app lacks a scope it needs[: {anyScope}].',
    remedy:
      'Ask the app owner to add it under "Permissions & Scopes" in the Feishu developer console and publish a new version under "Version Management & Release", then retry.',
  },
  99991676: {
    message: 'The current sign-in is not allowed to do this[: {scopes}].',
    remedy:
      'Ask the app owner to check and add the scopes under "Permissions & Scopes" in the Feishu developer console and publish a new version, then sign in again.',
  },
  99991677: {
    message: 'The sign-in has expired.',
    remedy: SIGN_IN_AGAIN,
  },
  99991679: {
    message: 'You have not granted the app a permission it needs[: {anyScope}].',
    remedy:
      'Grant it: the "Grant and continue" button opens the Feishu authorization page. On the command line, `feidi doctor` shows the command.',
  },
}
