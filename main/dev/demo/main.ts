/**
 * `npm run demo`: uploads a folder to a local Feishu, kills the upload half way, resumes it, and
 * compares every byte. With `-- --web` it is resumed by `feidi serve`, to be watched in a browser.
 */
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type SimulatorProcess, startSimulatorProcess } from '#test/simulator/remote-simulator.ts'
import { ended, type FeidiEnvironment, startFeidi } from './feidi-process.ts'
import { writeSampleFiles } from './sample-files.ts'
import { say } from './say.ts'

interface Pace {
  /** Slow enough to watch. */
  readonly uplinkBytesPerSecond: number
  /** The video has 15 parts; the process is killed when so many have arrived. */
  readonly killAfterParts: number
  /** The longest it may take before it counts as failed. */
  readonly longestMs: number
}

const MIB = 1024 * 1024
/** Takes about 15 s. */
const IN_THE_TERMINAL: Pace = {
  uplinkBytesPerSecond: 8 * MIB,
  killAfterParts: 7,
  longestMs: 120_000,
}
/** The upload takes about a minute once it resumes; then the page stays for a person to explore. */
const IN_THE_BROWSER: Pace = {
  uplinkBytesPerSecond: MIB,
  killAfterParts: 2,
  longestMs: 15 * 60_000,
}
const LOOK_EVERY_MS = 50

const PART_ENDPOINT = 'files/upload_part'

async function demo({ uplinkBytesPerSecond, killAfterParts }: Pace): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'feidi-demo-'))
  const simulator = await startSimulatorProcess({ bytesPerSecond: uplinkBytesPerSecond })
  try {
    const { baseUrl, appId, appSecret, folderToken } = simulator
    const feidi: FeidiEnvironment = { home: join(folder, 'home'), baseUrl, appId, appSecret }
    const paths = await writeSampleFiles(join(folder, 'files'))
    say('ready', { url: baseUrl, count: paths.length })

    command('feidi upload 校园开放日 --to folder:…')
    const files = join(folder, 'files')
    const upload = ['upload', '校园开放日', '--to', `folder:${folderToken}`]
    const first = startFeidi(upload, files, feidi)
    await partsArrived(simulator, killAfterParts, first)
    first.kill('SIGKILL')
    await ended(first)
    say('killed', { arrived: await partsReceived(simulator) })

    await (inTheBrowser ? serve : resume)(simulator, files, feidi, paths.length)
    await compare(simulator, files, paths)
    await account(simulator)
    if (!inTheBrowser) say('offer', {})
  } finally {
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  }
}

type GoOn = (
  simulator: SimulatorProcess,
  cwd: string,
  feidi: FeidiEnvironment,
  fileCount: number,
) => Promise<void>

const resume: GoOn = async (_simulator, cwd, feidi) => {
  command('feidi resume')
  const code = await ended(startFeidi(['resume'], cwd, feidi))
  if (code !== 0) throw new Error(`feidi resume ended with ${code}`)
}

const serve: GoOn = async (simulator, cwd, feidi, fileCount) => {
  command('feidi serve')
  const server = startFeidi(['serve', '--port', '0'], cwd, feidi, 'ignore')
  say('watch', {})
  const arrived = async () => (await simulator.state()).files.length === fileCount
  while (!(await arrived())) {
    if (server.exitCode !== null) throw new Error(`feidi serve ended with ${server.exitCode}`)
    await sleep(LOOK_EVERY_MS)
  }
  if (process.stdin.isTTY) {
    say('stay', {})
    await once(process.stdin, 'data')
    process.stdin.destroy()
  }
  server.kill('SIGINT')
  await ended(server)
}

async function partsArrived(
  simulator: SimulatorProcess,
  count: number,
  sender: ChildProcess,
): Promise<void> {
  while ((await partsReceived(simulator)) < count) {
    if (sender.exitCode !== null) throw new Error('feidi ended before it could be killed')
    await sleep(LOOK_EVERY_MS)
  }
}

async function partsReceived(simulator: SimulatorProcess): Promise<number> {
  return (await simulator.state()).calls[PART_ENDPOINT]?.committed ?? 0
}

async function compare(
  simulator: SimulatorProcess,
  folder: string,
  paths: readonly string[],
): Promise<void> {
  const { files } = await simulator.state()
  if (files.length !== paths.length) {
    throw new Error(`${files.length} files at Feishu, ${paths.length} here`)
  }
  for (const path of paths) {
    const name = path.split('/').at(-1)
    const remote = files.find((file) => file.name === name)
    if (remote === undefined) throw new Error(`${path} is not at Feishu`)
    const here = sha256(await readFile(join(folder, path)))
    if (here !== sha256(await simulator.bytesOf(remote.token))) throw new Error(`${path} differs`)
  }
  say('compared', { count: paths.length })
}

async function account(simulator: SimulatorProcess): Promise<void> {
  const calls = await simulator.calls()
  const parts = calls.filter((call) => call.endpoint === PART_ENDPOINT)
  const committed = parts.filter((call) => call.fate === 'committed')
  const seqs = new Set(committed.map((call) => call.seq))
  const { rateRefusals } = await simulator.state()
  say('account', {
    sent: committed.length,
    planned: seqs.size,
    twice: committed.length - seqs.size,
    calls: calls.length,
    refused: rateRefusals,
  })
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function command(line: string): void {
  process.stdout.write(`\n$ ${line}\n`)
}

const { values } = parseArgs({ options: { web: { type: 'boolean', default: false } } })
const inTheBrowser = values.web
const pace = inTheBrowser ? IN_THE_BROWSER : IN_THE_TERMINAL
const overdue = setTimeout(() => {
  process.stderr.write('The demo takes far too long and stops.\n')
  process.exit(1)
}, pace.longestMs)
await demo(pace)
clearTimeout(overdue)
