const SIGN_IN_AGAIN = 'Sign in to Feidi again; unfinished uploads resume where they stopped.'

export const signIn = {
  20026: {
    message: 'Feishu no longer accepts the saved sign-in.',
    remedy: SIGN_IN_AGAIN,
  },
  20037: {
    message: 'The saved sign-in has expired.',
    remedy: SIGN_IN_AGAIN,
  },
  20064: {
    message: 'The saved sign-in was revoked.',
    remedy: SIGN_IN_AGAIN,
  },
  20073: {
    message: 'The saved sign-in was already used and cannot be renewed again.',
    remedy: SIGN_IN_AGAIN,
  },
  20003: {
    message: 'The sign-in did not work: Feishu does not accept the code it returned.',
    remedy: 'A code works once and expires soon. Sign in again.',
  },
  20010: {
    message: 'This app is not available to you.',
    remedy:
      'Ask the app owner to add you to the availability of the app under "Version Management & Release" in the Feishu developer console, then sign in again.',
  },
  20050: {
    message: "Feishu's sign-in service is not available at the moment.",
    remedy: 'No action needed: Feidi retries automatically.',
  },
  20074: {
    message: 'The app does not allow sign-ins to be renewed.',
    remedy:
      'Ask the app owner to turn on refreshing of user_access_token under "Security Settings" in the Feishu developer console and publish it, then sign in again.',
  },
  20027: {
    message: 'The sign-in asks for a scope the app does not have[: {scopes}].',
    remedy:
      'Ask the app owner to add the scopes Feidi needs under "Permissions & Scopes" in the Feishu developer console and publish a new version, then sign in again.',
  },
  20029: {
    message:
      'The address that leads back to Feidi after signing in is not registered with the app.',
    remedy:
      'Ask the app owner to add the address Feidi uses for signing in to "Redirect URLs" under "Security Settings" in the Feishu developer console, then sign in again.',
  },
  20005: {
    message: 'The sign-in is no longer valid or has expired.',
    remedy: 'Feidi renews the sign-in automatically. If that does not help, sign in again.',
  },
  20007: {
    message: 'Feishu did not hand out a new sign-in.',
    remedy: SIGN_IN_AGAIN,
  },
  20008: {
    message: 'The person who signed in no longer exists in Feishu.',
    remedy:
      'Ask your Feishu admin whether the person was removed, or sign in with another account.',
  },
  20066: {
    message:
      'The person who signed in has no valid status in Feishu: they may have left or been frozen.',
    remedy:
      'Ask your Feishu admin to restore the person in the Admin Console and retry, or sign in with another account.',
  },
  20021: {
    message: 'The person who signed in has left the organization.',
    remedy: 'Sign in with another account, or ask your Feishu admin to restore the person.',
  },
  20022: {
    message: 'The person who signed in is frozen.',
    remedy: 'Ask your Feishu admin to unfreeze the person in the Admin Console, then retry.',
  },
  20023: {
    message: 'The person who signed in is not registered with Feishu yet.',
    remedy:
      'Finish registering in the Feishu client and join the organization, then sign in again. If it still does not work, ask your Feishu admin.',
  },
  20024: {
    message: 'The saved sign-in belongs to another app.',
    remedy: 'Check the App ID in the account settings of Feidi and sign in again with this app.',
  },
  20036: {
    message: 'Feishu does not support the way Feidi signs in here.',
    remedy: 'Sign in with the browser or use app credentials instead, and update Feidi.',
  },
  20001: {
    message: 'Feishu found the sign-in request of Feidi to be incorrect.',
    remedy:
      'Update Feidi. If it still does not work, give the log ID to Feishu support. All queued files are kept.',
  },
  20068: {
    message: 'A scope that the sign-in asks for is not granted[: {scopes}].',
    remedy:
      'Ask the app owner to add the scopes Feidi needs under "Permissions & Scopes" in the Feishu developer console and publish a new version, then sign in again.',
  },
  21000: {
    message: 'A security policy of your organization asks you to verify first.',
    remedy:
      'Complete the verification[ at {link}], then retry. If it still does not work, sign in to Feidi again.',
  },
  21001: {
    message: 'A security policy of your organization does not allow this access.',
    remedy:
      'Ask your Feishu admin about the policy, or retry on a network and device that it allows[; see {link}].',
  },
}
