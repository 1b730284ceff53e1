import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { askPowerShell } from '#main/lib/ask-powershell.ts'

const execute = promisify(execFile)

const BUS_LIMIT_MS = 2_000
const POWERSHELL_LIMIT_MS = 10_000

/** The means to ask a system. */
export interface SystemQuestions {
  readonly platform: NodeJS.Platform
  readonly exists: (path: string) => boolean
  /** Returns what a program prints. @throws Error when it fails, or is not there */
  readonly run: (program: string, args: readonly string[]) => Promise<string>
  readonly powershell: (script: string) => Promise<string>
}

const HERE: SystemQuestions = {
  platform: process.platform,
  exists: existsSync,
  run: async (program, args) => (await execute(program, args, { timeout: BUS_LIMIT_MS })).stdout,
  powershell: (script) => askPowerShell(script, {}, POWERSHELL_LIMIT_MS),
}

const NETWORK_MANAGER = 'org.freedesktop.NetworkManager'
const OBJECT = '/org/freedesktop/NetworkManager'

/** Each asks for the same number; which of the two programs is there depends on the distribution. */
const BUS_PROGRAMS: readonly (readonly [string, readonly string[]])[] = [
  [
    'busctl',
    [
      ...['--system', '--auto-start=no', '--timeout=2', 'get-property'],
      ...[NETWORK_MANAGER, OBJECT, NETWORK_MANAGER, 'Metered'],
    ],
  ],
  [
    'gdbus',
    [
      ...['call', '--system', '--timeout', '2', '--dest', NETWORK_MANAGER, '--object-path', OBJECT],
      ...['--method', 'org.freedesktop.DBus.Properties.Get', NETWORK_MANAGER, 'Metered'],
    ],
  ],
]

/** Windows' own answer, as `NetworkCostType roaming overLimit`; empty without a connection. */
const COST_SCRIPT = [
  '[void][Windows.Networking.Connectivity.NetworkInformation,Windows,ContentType=WindowsRuntime]',
  '$p = [Windows.Networking.Connectivity.NetworkInformation]::GetInternetConnectionProfile()',
  'if ($p) { $c = $p.GetConnectionCost(); [Console]::Out.Write("$($c.NetworkCostType) $($c.Roaming) $($c.OverDataLimit)") }',
].join('; ')

/**
 * Tells whether the connection in use is paid by its amount; undefined where the system does not say. It asks
 * NetworkManager on Linux and Windows itself; macOS tells only programs that are linked with its Network framework.
 */
export async function isMetered(system: SystemQuestions = HERE): Promise<boolean | undefined> {
  const { platform } = system
  try {
    if (platform === 'linux') return await askNetworkManager(system)
    if (platform === 'win32') return readCost(await system.powershell(COST_SCRIPT))
  } catch {
    // It cannot be asked, or takes too long.
  }
  return undefined
}

async function askNetworkManager({ exists, run }: SystemQuestions): Promise<boolean | undefined> {
  // Without it nothing is started for the question.
  if (!exists('/run/NetworkManager')) return undefined
  for (const [program, args] of BUS_PROGRAMS) {
    try {
      return readNetworkManager(await run(program, args))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return undefined
}

/** `NMMetered`: yes and no, and the same as guesses; a phone's hotspot is a guess. */
function readNetworkManager(text: string): boolean | undefined {
  const [, number] = /(?:^u |uint32 )(\d)\b/.exec(text) ?? []
  if (number === '1' || number === '3') return true
  return number === '2' || number === '4' ? false : undefined
}

function readCost(text: string): boolean | undefined {
  const [, cost, roaming, over] = /^(\w+) (\w+) (\w+)\s*$/.exec(text) ?? []
  if (cost === undefined) return undefined
  if (cost === 'Fixed' || cost === 'Variable' || roaming === 'True' || over === 'True') return true
  return cost === 'Unrestricted' ? false : undefined
}
