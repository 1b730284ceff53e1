/**
 * `npm run check:desktop`, after a build: the desktop app on the real Electron, for a person who sees it. Runs the
 * specs, starts the app in front of a simulated Feishu, asks about each point of `docs/checking-the-desktop.md`,
 * and prints a report. Ends with 1 when something is not as described, with 69 when Electron can not be started.
 */
import { spawn, spawnSync } from 'node:child_process'
import { arch, release, version } from 'node:os'
import { createInterface } from 'node:readline'
import { DEFAULT_SCENE, findScene } from '../run/scenes.ts'
import { openStage } from '../run/stage.ts'
import { readyElectron, UNAVAILABLE } from '../start/run-electron.ts'
import {
  type Answer,
  concerns,
  formatReport,
  type Point,
  readAnswer,
  readChecklist,
} from './checklist.ts'

async function check(electron: string, args: readonly string[]): Promise<number> {
  const machine = describeMachine(electron)
  say('1 of 2: the specs. Windows open and close by themselves; please leave them alone.')
  const specs = spawnSync(process.execPath, ['test/desktop/run-on-electron.ts'], {
    stdio: 'inherit',
  })
  say(
    '2 of 2: what only a person sees. Feidi opens; answer here, with y, n or nothing, and a note.',
  )
  const answers = await askWhileItRuns(electron, args)
  const findings = { machine, specs: specs.status === 0 ? 'passed' : 'failed', answers } as const
  say(`The report, to paste into an issue:\n\n${formatReport(findings)}`)
  const isFine = specs.status === 0 && answers.every(({ isRight }) => isRight !== false)
  return isFine ? 0 : 1
}

function describeMachine(electron: string): Record<string, string> {
  const asNode = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const run = ['-p', 'JSON.stringify(process.versions)']
  const { stdout } = spawnSync(electron, run, { env: asNode, encoding: 'utf8' })
  const { electron: own = '', chrome = '', node = '', v8 = '' } = JSON.parse(stdout || '{}')
  const { XDG_CURRENT_DESKTOP: desktop = '', XDG_SESSION_TYPE: session = '' } = process.env
  return {
    system: `${process.platform} ${release()} ${arch()} (${version()})`,
    ...(desktop || session ? { session: `${desktop} ${session}`.trim() } : {}),
    ...{ electron: own, chrome, node, v8 },
  }
}

async function askWhileItRuns(electron: string, args: readonly string[]): Promise<Answer[]> {
  const scene = findScene(DEFAULT_SCENE)
  if (scene === undefined) throw new Error(`no scene ${DEFAULT_SCENE}`)
  const stage = await openStage(scene)
  const env = { ...process.env, ...stage.env }
  const app = spawn(electron, ['.', ...args], { stdio: ['ignore', 'inherit', 'inherit'], env })
  say(`Files to upload: ${stage.folder}\nA destination:   ${stage.links.folderLink}`)
  try {
    const points = readChecklist().filter((point) => concerns(point, process.platform))
    return await askAll(points)
  } finally {
    app.kill()
    await stage.close()
  }
}

async function askAll(points: readonly Point[]): Promise<Answer[]> {
  const answers: Answer[] = []
  const terminal = createInterface({ input: process.stdin })
  const lines = terminal[Symbol.asyncIterator]()
  for (const point of points) {
    say(`${point.number}. ${point.title}\n\n${point.text}\n`)
    process.stdout.write('y/n/- ')
    // Input that ends, or that was never there, leaves the rest unchecked.
    const { value: line = '' } = await lines.next()
    answers.push(readAnswer(point, line))
  }
  terminal.close()
  return answers
}

function say(text: string): void {
  process.stdout.write(`\n${text}\n`)
}

const args = process.argv.slice(2)
const electron = readyElectron(args, process.env)
process.exitCode = electron === undefined ? UNAVAILABLE : await check(electron, args)
