export const localHost = {
  'app-gone': {
    message: 'Feidi is not responding.',
    remedy: 'Check that Feidi is still running; this page reconnects automatically.',
  },
  'request-invalid': {
    message: 'Feidi did not understand this request and did nothing.',
    remedy: 'Reload the page and try again. If Feidi was just updated, start it again.',
  },
  'request-refused': {
    message: 'This page is not signed in to Feidi, or no longer.',
    remedy: 'Run feidi link on the computer that runs Feidi and open the link it prints.',
  },
  'no-web-host': {
    message: 'Feidi does not run in a browser with this data folder.',
    remedy: 'Start it with feidi serve, which prints a link as well.',
  },
  'transfer-gone': {
    message: 'This file is no longer in the queue.',
    remedy: 'Reload the list.',
  },
  'not-available-here': {
    message: 'This is not possible in the way Feidi is opened here.',
    remedy: 'Use the desktop app of Feidi for it.',
  },
  'settings-file-invalid': {
    message: 'This is not a settings file of Feidi, or it was changed[: {detail}].',
    remedy:
      'Export the settings again (feidi settings export, or Settings → General) and choose that file.',
  },
  'folder-not-allowed': {
    message: 'Feidi may not upload from this place[: {detail}].',
    remedy:
      'Choose a folder that is allowed, or allow this one with --allow when you start feidi serve.',
  },
  'holds-own-state': {
    message: 'Feidi does not upload its own data[: {detail}].',
    remedy: 'Choose the other folders in it one by one.',
  },
  'folder-unreadable': {
    message: 'This folder cannot be opened[: {detail}].',
    remedy: 'Make sure that it exists and that Feidi may read it.',
  },
  'spool-too-large': {
    message: 'This file is too large to be sent from the browser[ (at most {detail})].',
    remedy: 'Put it on the computer that runs Feidi and add it from there.',
  },
  'account-fixed': {
    message:
      'The account comes from the environment Feidi was started in and cannot be changed here.',
    remedy:
      'Change FEIDI_APP_ID and FEIDI_APP_SECRET (or FEIDI_ACCESS_TOKEN), then start Feidi again.',
  },
  'keychain-missing': {
    message:
      "The system's keychain is not available, so Feidi cannot keep or read the secret safely.",
    remedy:
      'Unlock the keychain of your system (on Linux, GNOME Keyring or KWallet), then sign in again.',
  },
  'login-item-failed': {
    message: 'The system did not take the setting to start at login[ ({detail})].',
    remedy: "Add or remove Feidi in your system's own list of apps that start at login.",
  },
  'login-item-approval': {
    message: 'The system needs your approval before Feidi can start at login.',
    remedy: 'Open System Settings › General › Login Items and switch Feidi on.',
  },
  'alert-url-invalid': {
    message: 'Messages cannot be sent to this address.',
    remedy:
      'Use an address that begins with https:// and holds no user name: that of your own service, or the webhook of a custom bot in a Feishu group.',
  },
  'alert-not-delivered': {
    message: 'The message was not delivered[ ({detail})].',
    remedy:
      'Check the address, and for a Feishu bot its signature key, keywords and allowed IP addresses. Then send a test message.',
  },
  'update-unreachable': {
    message: 'The new version could not be looked up or downloaded[ ({detail})].',
    remedy: 'Check the connection and try again later.',
  },
  'update-not-trusted': {
    message:
      'The download is not signed by the makers of this Feidi[ ({detail})]. It is not installed.',
    remedy:
      'Try again later. If it happens again, install the new version by hand and tell the person who gave you Feidi.',
  },
  'update-not-installed': {
    message: 'The new version[ {detail}] could not be installed. The version before it continues.',
    remedy:
      'Try again. On macOS, move Feidi to the Applications folder first. Otherwise install the new version by hand.',
  },
}
