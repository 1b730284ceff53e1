import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The built command, as `npx feidi` runs it. */
const COMMAND = fileURLToPath(new URL('../../../out/cli/feidi.js', import.meta.url))

export interface FeidiEnvironment {
  readonly home: string
  readonly baseUrl: string
  readonly appId: string
  readonly appSecret: string
}

/** Starts `feidi` in a folder, on this terminal; typed input may be for another program. */
export function startFeidi(
  args: readonly string[],
  cwd: string,
  { home, baseUrl, appId, appSecret }: FeidiEnvironment,
  stdin: 'inherit' | 'ignore' = 'inherit',
): ChildProcess {
  return spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    stdio: [stdin, 'inherit', 'inherit'],
    env: {
      ...process.env,
      FEIDI_HOME: home,
      FEIDI_BASE_URL: baseUrl,
      FEIDI_APP_ID: appId,
      FEIDI_APP_SECRET: appSecret,
      FEIDI_ACCESS_TOKEN: '',
    },
  })
}

/** Waits for the end of a process: its exit code, or null when it was killed. */
export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}
