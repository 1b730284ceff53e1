/** Menus, tray, notifications and questions of the desktop app. Menus are in title case. */
export const desktop = {
  appName: 'Feidi',
  about: 'About Feidi',
  copyright: '© 2026 The Feidi developers. MIT License.',
  services: 'Services',
  hideApp: 'Hide Feidi',
  hideOthers: 'Hide Others',
  showAll: 'Show All',
  quit: 'Quit Feidi',
  open: 'Open Feidi',
  addFiles: 'Add Files…',
  addFolder: 'Add Folder…',
  pauseAll: 'Pause All',
  resumeAll: 'Resume All',
  needsAttention: 'Needs Attention',
  settings: 'Settings…',
  file: 'File',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
  view: 'View',
  queue: 'Queue',
  folders: 'Folders',
  history: 'History',
  actualSize: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Full Screen',
  developerTools: 'Developer Tools',
  window: 'Window',
  minimize: 'Minimize',
  zoomWindow: 'Zoom',
  bringAllToFront: 'Bring All to Front',
  closeWindow: 'Close Window',
  idle: 'Idle',

  quitTitle: 'Files are still uploading',
  quitDetail: 'Your progress is saved. Feidi resumes the uploads the next time it starts.',
  keepUploading: 'Keep Uploading',
  quitNow: 'Quit and Resume Later',

  stillRunning: 'Feidi keeps running in the background',
  stillRunningDetail:
    'Uploads continue. Click the tray icon or start Feidi again to open the window.',
  stillRunningDetailMac:
    'Uploads continue. Click the icon in the menu bar or the Dock to open the window.',
  understood: 'OK',

  windowFailed: "Feidi's window failed again",
  windowFailedDetail:
    'Your uploads continue. Open the window again; if it fails once more, restart the computer or update Feidi.',
  windowHangs: "Feidi's window is not responding",
  windowHangsDetail: 'Your uploads continue.',
  wait: 'Wait',
  reload: 'Reload',

  fault: 'Feidi ran into a problem',
  faultDetail:
    'Progress is saved, and Feidi resumes from it after a restart. Details are in the log:',
  restart: 'Restart',
  continue: 'Continue',

  linkFailed: 'The link could not be opened',
  linkFailedDetail: 'No browser took it. Copy the link and open it in a browser yourself.',
  copyLink: 'Copy Link',

  fileDone: '{name} uploaded',
  filesDone: { one: '{count} file uploaded', other: '{count} files uploaded' },
  clickForRemedy: 'Click to see what to do.',
} as const

/** Titles of the page that a browser shows after a sign-in. */
export const signInTitle = {
  received: 'You can return to Feidi',
  denied: 'Not signed in',
  foreign: 'This link does not belong to a current sign-in',
} as const

/** Sentences of the page that a browser shows after a sign-in. */
export const signInPage = {
  received: 'Approval received. Feidi is completing the sign-in. You can close this page.',
  denied: 'The request was declined. To sign in, start again in Feidi. You can close this page.',
  foreign: 'Return to Feidi and open the sign-in page from there.',
} as const
