/** The identity and capabilities of a host on the desktop. */
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
    notifications: true,
  },
} as const
