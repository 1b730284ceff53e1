export const accounts = {
  welcomeWatch: 'Watch a folder',
  skip: 'Skip',
  next: 'Next',
  back: 'Back',
  grantAndContinue: 'Grant and continue',
  grantAs: 'Grant permissions: {name}',
  grantWhat:
    'Feishu asks you to agree to these permissions. What you granted before stays granted.',
  grantWithCode: 'Use a device code instead',
  grantRefused:
    'If Feishu shows error 20027, the app lacks the permission: its owner has to add it first.',
  grantChoose: 'Choose what to grant.',
  permissionsTitle: 'Permissions',
  permissionsToGrant: 'You can grant',
  permissionsNotInApp: 'The app lacks these permissions; its owner can add them:',
  permissionsUnknown: 'Feishu does not say what this account may do. An upload will tell.',
  copyForAdmin: 'Copy a message for the admin',
  adminAddScopes: `Please add these permissions to the Feishu app {appId} under "Permissions & Scopes", then create and publish a version under "Version Management & Release": {scopes}
{link}`,
  openScopePage: 'Open the permissions page',
  appId: 'App ID',
  appSecret: 'App Secret',
  accounts: 'Accounts',
  addAccount: 'Add an account',
  signInOtherWay: 'Another way',
  signInAgainAs: 'Sign in again: {name}',
  signIn: 'Sign in',
  signedInAs: 'Signed in as {name}',
  howToSignIn: 'How to sign in',
  methodBrowser: 'Browser',
  methodDevice: 'Device code',
  methodApp: 'As an app (no personal sign-in)',
  methodBrowserNote: 'Opens Feishu in your browser. Files are uploaded in your name.',
  methodDeviceNote: 'You confirm a code on any device. Files are uploaded in your name.',
  methodDeviceOnly:
    'This page is not open on the computer that runs Feidi, so a browser sign-in could not return to it. Confirm a code on any device instead.',
  methodAppNote: 'Uploads run as the app, into folders shared with it.',
  whatTheAppNeeds: 'App requirements',
  redirectAddresses: 'Redirect URLs (Security Settings)',
  scopesForPeople: 'Scopes (Permissions & Scopes, user token scopes)',
  scopesForApp: 'Scopes (Permissions & Scopes, tenant token scopes)',
  whatFor: 'What it is for',
  adminPrepare: `Please prepare a Feishu app[ ({appId})] for uploading files with Feidi, in the developer console: {link}
1. Under "Permissions & Scopes", add these user token scopes: {scopes}
2. Under "Security Settings", switch on refreshing of user access tokens.[
3. Under "Security Settings", add these redirect URLs:
{addresses}]
Finally, create and publish a version under "Version Management & Release", and send me the App ID and App Secret in a safe way.`,
  adminPrepareApp: `Please prepare a Feishu app[ ({appId})] for uploading files with Feidi, in the developer console: {link}
1. Under "Permissions & Scopes", add these tenant token scopes: {scopes}
2. Add the bot under "Add Features", so that folders can be shared with the app through a group.
Finally, create and publish a version under "Version Management & Release", and send me the App ID and App Secret in a safe way.`,
  copyWhat: 'Copy: {what}',
  startAgain: 'Start again',
  goOnInBrowser: 'Continue in your browser and approve the request.',
  goOnOnDevice: 'Open the page on any device, check the code and approve.',
  copyCode: 'Copy the code',
  openSignInPage: 'Open the page',
  codeGoodFor: 'Valid for {time}',
  inUse: 'In use',
  useThis: 'Use this one',
  rename: 'Rename',
  accountName: 'Account name',
  accountFine: 'Signed in',
  kindPerson: 'Person',
  kindApp: 'App',
  kindToken: 'Access token',
  fromEnvironment: 'from the environment',
  uploadAs: 'Upload as',
  handOverTitle: 'Upload as another account',
  handOverWhat: '“{file}” is waiting for {name}, who has signed out.',
  handOverAll: 'Also everything else waiting for {name}',
  handOverNote:
    'Each upload starts from the beginning, because Feishu does not let another account finish it. No file is uploaded twice.',
  handedOver: {
    one: '{count} file is uploaded by the other account',
    other: '{count} files are uploaded by the other account',
  },
  handOverLeft: {
    one: '{count} file may already be uploaded, which only {name} can tell. It stays waiting for that account.',
    other:
      '{count} files may already be uploaded, which only {name} can tell. They stay waiting for that account.',
  },
  accountSignedOut: '{name} (signed out)',
  accountGone: 'This account has signed out. Uploads resume when it signs in again.',
  accountGoneOrOther:
    'This account has signed out. Sign in again or choose another account to resume.',
  welcome: 'Welcome to Feidi',
  stepOf: 'Step {n} of {total}',
  stepAccount: 'Connect to Feishu',
  stepDestination: 'Choose a destination',
  stepFiles: 'Add the first files',
  stepAccountText:
    'Feidi connects through a custom app in your organization. Enter its App ID and App Secret, or ask your admin for them.',
  stepDestinationText:
    'Choose the folder for the first files. You can choose another one for each upload.',
  stepFilesText: 'Choose them here, or drop them on the window at any time.',
  startUsing: 'Start using Feidi',
  accountReady: 'Connected as',
  brand: 'Service',
  accountSaved: 'Account saved',
  signedOut: 'Signed out',
  signOutQuestion: 'Sign out {name}?',
  signOutWhat:
    'Its unfinished uploads wait until it signs in again, which takes the whole sign-in. Files in Feishu stay there.',
  formNeeds: 'Enter the App ID (such as cli_…) and the App Secret (at least 8 characters).',
  signOut: 'Sign out',
  whereIsIt: 'Find both on the page of your app in the',
} as const
