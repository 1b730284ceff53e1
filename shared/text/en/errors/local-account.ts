export const localAccount = {
  'credentials-missing': {
    message: 'Feidi is not signed in to Feishu yet.',
    remedy:
      'Sign in to Feidi. On the command line, run `feidi login --new`, or set FEIDI_APP_ID and FEIDI_APP_SECRET, or FEIDI_ACCESS_TOKEN.',
  },
  'token-refused': {
    message: 'Feishu refused the current sign-in, and Feidi could not renew it.',
    remedy:
      'Sign in again. With FEIDI_ACCESS_TOKEN, set a new token; with an app, check the App ID and App Secret.',
  },
  'signed-out': {
    message: 'This account is signed out.',
    remedy:
      'Sign in with this account again, and unfinished uploads resume where they stopped; or let another account begin them again.',
  },
  'account-unknown': {
    message: 'Feidi does not know this account[: {detail}].',
    remedy: 'Run `feidi accounts` to see who is signed in, or `feidi login` to sign in.',
  },
  'secret-elsewhere': {
    message:
      'The secret of this account is in the keychain of the system, which only the Feidi app can open.',
    remedy:
      'Upload with the Feidi app, run `feidi login` on the command line, or set FEIDI_APP_ID and FEIDI_APP_SECRET.',
  },
  'sign-in-damaged': {
    message:
      'The sign-in that was kept on this computer is damaged and cannot be read[ ({detail})].',
    remedy: 'Sign in to this account again. Uploads that are not finished continue.',
  },
  'sign-in-refused': {
    message: 'Feishu did not complete the sign-in[: {detail}].',
    remedy: 'Sign in again. If it still does not work, check the app credentials and its scopes.',
  },
  'sign-in-denied': {
    message: 'The sign-in was declined on the authorization page.',
    remedy: 'To use this account, sign in again and agree on the authorization page.',
  },
  'sign-in-expired': {
    message: 'The sign-in was not completed in time.',
    remedy: 'Start to sign in again.',
  },
  'sign-in-ports-taken': {
    message:
      'Other programs use all the ports of this computer that a sign-in in the browser needs[: {detail}].',
    remedy: 'Close the program that uses them, or sign in with a device code.',
  },
  'sign-in-not-renewable': {
    message:
      'This sign-in cannot be renewed: Feishu issued no refresh token, so it usually ends after two hours.',
    remedy:
      'Ask the app owner to add the scope offline_access and allow refreshing of user_access_token in the Feishu developer console, then sign in again; instead of a device code, try the browser. Files stay queued when it ends.',
  },
  'sign-in-other-person': {
    message: 'Someone else than expected has signed in[: {detail}]. Nothing was kept or changed.',
    remedy:
      'Switch accounts on the page of Feishu, then sign in again. To add a further account, sign in without naming one.',
  },
  'sign-out-not-told': {
    message:
      'The sign-in is gone from this computer, but Feishu could not be told to revoke it[ ({detail})].',
    remedy:
      'The sign-in expires on its own. If the data of this computer may have been copied, reset the App Secret in the Feishu developer console.',
  },
  'registration-unavailable': {
    message: 'Feishu does not create apps by a scan at present[ ({detail})].',
    remedy:
      'Create the app in the developer console instead: "Set up by hand" has everything prepared.',
  },
  'registration-denied': {
    message: 'The app was not created: the request was declined in Feishu.',
    remedy: 'Start again and agree, or set the app up by hand in the developer console.',
  },
  'registration-expired': {
    message: 'The app was not created in time.',
    remedy: 'Start again for a new code.',
  },
  'base-url-insecure': {
    message: 'The configured server address does not use an encrypted connection.',
    remedy:
      'Change the server address (--base-url or FEIDI_BASE_URL) to one that begins with https://, or remove it to use the address of Feishu.',
  },
  'ca-file-unreadable': {
    message: 'The root certificate file named in the settings cannot be read[: {detail}].',
    remedy: 'Make sure the file exists, can be read and is in PEM format, or remove the setting.',
  },
  'clock-wrong': {
    message: 'The clock of this computer is too far from that of Feishu[: {detail}].',
    remedy: 'Let the system set the time automatically, or correct the time and the time zone.',
  },
  'proxy-invalid': {
    message: 'The address of the proxy server is not written correctly.',
    remedy:
      'Check the proxy setting of Feidi or the environment variable HTTPS_PROXY; it should look like http://proxy.example.com:8080.',
  },
  'limiter-invalid': {
    message: 'The address of the shared limiter is not one that Feidi may use.',
    remedy:
      'Use an address like rediss://limits.example.com:6379, or redis:// on this computer; the password has a field of its own, or goes into FEIDI_LIMITER_PASSWORD.',
  },
  'limiter-unreachable': {
    message: 'The shared limiter does not answer[: {detail}].',
    remedy:
      'Uploads continue with a share of their own. Check that the server runs, that this computer reaches it, and that its password is right.',
  },
  'proxy-unescaped': {
    message:
      'The user name or password in the address of the proxy server holds characters that cannot stand there as they are.',
    remedy:
      'Write these characters differently[: {detail}]; a password p#1 becomes p%231, for example. Or enter user name and password under Settings → Network in Feidi, where nothing needs rewriting.',
  },
}
