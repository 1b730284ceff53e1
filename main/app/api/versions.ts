/** Returns the versions of what the program runs on; Electron and Chromium only where present. */
export function versionsOf(): Record<string, string> {
  const { node, electron, chrome, sqlite } = process.versions
  const versions = { electron, chromium: chrome, node, sqlite }
  return Object.fromEntries(
    Object.entries(versions).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
