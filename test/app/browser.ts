/** The browser of these tests: an installed one, else the one Playwright has fetched. Never none. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const INSTALLED: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/microsoft-edge',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @throws Error that says what to install */
function findBrowser(): string {
  const candidates = [
    process.env['FEIDI_TEST_BROWSER'],
    ...(INSTALLED[process.platform] ?? []),
    chromium.executablePath(),
  ]
  const found = candidates.find((path) => path !== undefined && path !== '' && existsSync(path))
  if (found !== undefined) return found
  throw new Error(
    'No browser for the tests of the app. Install Chromium, Chrome or Edge, run `npx playwright-core install chromium`, or name one in FEIDI_TEST_BROWSER.',
  )
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), headless: true, args: ARGS })
}
