/** The words of `npm start` when the desktop app cannot be started. */
export const start = {
  noElectron: `
Electron, which the desktop window needs, could not be downloaded (about 120 MB, once).

  · Try a mirror, which usually helps in mainland China:
      {set}ELECTRON_MIRROR={mirror}{and}npm start
  · Go through a proxy:
      {set}HTTPS_PROXY=http://proxy.example:8080{and}npm start
  · Use the same pages in a browser instead of the window:
      npm run start:web`,
  noScreen: `There is no graphical session here (neither DISPLAY nor WAYLAND_DISPLAY is set).
Use the same pages in a browser: npm run start:web`,
  noSandbox: `
This system does not let programs like Electron set up a sandbox for their pages, so Electron would crash.

  · Let Electron's helper set it up, which needs the administrator's password:
      sudo chown root:root {helper} && sudo chmod 4755 {helper}
  · Start without the sandbox, for development only:
      npm start -- --no-sandbox
  · Use the same pages in a browser instead of the window:
      npm run start:web`,
  asRoot: `
Electron does not run as root with its sandbox on.

  · Start it as another user.
  · Start without the sandbox, for development only:
      npm start -- --no-sandbox
  · Use the same pages in a browser instead of the window:
      npm run start:web`,
  killed: 'The app crashed ({signal}). Please report it, with the lines above.',
} as const

/** The words of `npm run demo`. */
export const demo = {
  ready: 'A local Feishu is ready at {url}, with {count} files to upload.',
  killed: 'Killed on purpose (SIGKILL) when {arrived} of the 15 parts of the video were at Feishu.',
  watch:
    'Open the link below in a browser to see the upload resume; click the row of the video to see the parts that have arrived. The upload takes about a minute.',
  stay: 'All uploads finished; the page stays open for you to look around. Press Enter to end.',
  offer: 'To watch it in a browser: npm run demo -- --web',
  compared: 'Compared: all {count} files are at Feishu, once each, byte for byte.',
  account:
    '{sent} parts sent for a plan of {planned}; {twice} sent twice (on their way at the kill). {calls} calls, {refused} refused for their rate.',
} as const
