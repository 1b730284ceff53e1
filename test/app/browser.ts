/** The browser of these tests: an installed one, else one that is fetched. Never none. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const INSTALLED: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    // Without a window of its own around every page: a page opens in a quarter of the time.
    '/usr/bin/chromium-headless-shell',
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
  // Two more pages, those of the address bar, are loaded beside every page. Chromium reads only the last list of
  // features, so what Playwright turns off is here once more, as far as it concerns these tests.
  `--disable-features=${[
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'MediaRouter',
    'OptimizationHints',
    'PaintHolding',
  ].join()}`,
]

const LONGEST_FETCH_MS = 10 * 60_000

function findBrowser(): string | undefined {
  const candidates = [
    process.env['FEIDI_TEST_BROWSER'],
    ...(INSTALLED[process.platform] ?? []),
    chromium.executablePath(),
  ]
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path))
}

/**
 * Returns a browser. When there is none: the one Playwright offers, or else Debian's for users who
 * may install it.
 *
 * @throws Error that says what to install
 */
export function demandBrowser(): string {
  const found = findBrowser() ?? fetchFromPlaywright() ?? installFromDebian()
  if (found !== undefined) return found
  throw new Error(
    'No browser for the tests of the app. Install Chromium, Chrome or Edge, run `npx playwright-core install chromium`, or name one in FEIDI_TEST_BROWSER.',
  )
}

function fetchFromPlaywright(): string | undefined {
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('playwright-core/package.json')))
  run(process.execPath, [cli, 'install', 'chromium'])
  return findBrowser()
}

function installFromDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  run('apt-get', ['update', '-qq'])
  run('apt-get', [
    'install',
    '-y',
    '-qq',
    '--no-install-recommends',
    'chromium-headless-shell',
    'fonts-noto-cjk',
  ])
  return findBrowser()
}

/** Runs a command; the command itself reports its errors. */
function run(command: string, args: readonly string[]): void {
  process.stderr.write(`No browser for the tests yet: ${command} ${args.join(' ')}\n`)
  spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: LONGEST_FETCH_MS })
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: demandBrowser(), headless: true, args: ARGS })
}
