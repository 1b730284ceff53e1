/** What a host on the desktop is and can do. */
export const DESKTOP = {
  host: 'desktop',
  capabilities: {
    dialogs: true,
    browse: false,
    upload: false,
    reveal: true,
    startAtLogin: true,
    tray: true,
    battery: true,
  },
} as const
