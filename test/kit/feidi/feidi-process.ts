/** The `feidi` command as a process of its own: as it ships in the `cli` project, elsewhere from source. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

const SOURCE = fileURLToPath(new URL('../../../main/cli/feidi.ts', import.meta.url))

/** The arguments that make Node run the command. */
export const FEIDI: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  // Most that a short run makes is in use to its end: to collect less often saves a tenth of its time.
  '--min-semi-space-size=8',
  inject('command') ?? SOURCE,
]

/** A line of `--json` output; what is in it depends on its type. */
export interface JsonLine {
  readonly type: string
  readonly [key: string]: unknown
}

export interface TransferLine extends JsonLine {
  readonly type: 'transfer'
  readonly id: string
  readonly path: string
  readonly state: string
  readonly sizeBytes: number
  readonly sentBytes: number
  readonly fileToken?: string
  readonly error?: { code: number | string; message: string; remedy: string; logId?: string }
  readonly reason?: { code: number | string }
}

interface SummaryLine extends JsonLine {
  readonly done: number
  readonly failed: number
  readonly skipped: number
  readonly unfinished: number
}

/** The end of a command, and its output. */
export interface FeidiResult {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly lines: readonly JsonLine[]
  readonly stdout: string
  readonly stderr: string
  /** The last line, provided that it is a summary. */
  readonly summary: Pick<SummaryLine, 'done' | 'failed' | 'skipped' | 'unfinished'> | undefined
  /** The last line about a file. */
  transferOf(path: string): TransferLine | undefined
}

export interface FeidiProcess {
  readonly child: ChildProcess
  /** The first line, said already or to come, that fits. Rejects when the command ends without it. */
  line(fits: (line: JsonLine) => boolean): Promise<JsonLine>
  /** All output to stdout so far. */
  readonly stdout: string
  readonly stderr: string
  signal(signal: NodeJS.Signals): void
  readonly ended: Promise<FeidiResult>
}

export interface FeidiOptions {
  readonly env: Readonly<Record<string, string>>
  readonly uid?: number
}

/** Starts `feidi` with these arguments. */
export function startFeidi(args: readonly string[], options: FeidiOptions): FeidiProcess {
  const child = spawn(process.execPath, [...FEIDI, ...args], {
    env: feidiEnv(options),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
  })
  return new RunningFeidi(child)
}

/** Returns the environment of a process of the command. */
export function feidiEnv({ env, uid }: FeidiOptions): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    LANG: 'en_US.UTF-8',
    // Compiling the sources is most of a short run.
    NODE_COMPILE_CACHE: join(tmpdir(), `feidi-compile-cache-${uid ?? 'self'}`),
    ...env,
  }
}

class RunningFeidi implements FeidiProcess {
  readonly child: ChildProcess
  readonly ended: Promise<FeidiResult>
  stdout = ''
  stderr = ''
  readonly #lines: JsonLine[] = []
  readonly #waiting = new Set<{ check: (line: JsonLine) => void; fail: (error: Error) => void }>()

  constructor(child: ChildProcess) {
    this.child = child
    this.ended = this.#follow()
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  line(fits: (line: JsonLine) => boolean): Promise<JsonLine> {
    const said = this.#lines.find(fits)
    if (said !== undefined) return Promise.resolve(said)
    const { promise, resolve, reject } = Promise.withResolvers<JsonLine>()
    this.#waiting.add({ check: (line) => fits(line) && resolve(line), fail: reject })
    return promise
  }

  async #follow(): Promise<FeidiResult> {
    const { stdout, stderr } = this.child
    if (stdout === null || stderr === null) throw new Error('the command has no output')
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    createInterface({ input: stdout }).on('line', (text) => this.#hear(text))
    const [exitCode, signal] = (await once(this.child, 'close')) as [
      number | null,
      NodeJS.Signals | null,
    ]
    const gone = new Error(`feidi ended with ${exitCode ?? signal}\n${this.stdout}${this.stderr}`)
    for (const { fail } of this.#waiting) fail(gone)
    return resultOf(exitCode, signal, this.#lines, this.stdout, this.stderr)
  }

  #hear(text: string): void {
    this.stdout += `${text}\n`
    if (!text.startsWith('{')) return
    const line = JSON.parse(text) as JsonLine
    this.#lines.push(line)
    for (const { check } of this.#waiting) check(line)
  }
}

function resultOf(
  exitCode: number | null,
  signal: NodeJS.Signals | null,
  lines: readonly JsonLine[],
  stdout: string,
  stderr: string,
): FeidiResult {
  const last = lines.at(-1)
  return {
    exitCode,
    signal,
    lines,
    stdout,
    stderr,
    summary: last?.type === 'summary' ? countsOf(last as SummaryLine) : undefined,
    transferOf: (path) =>
      lines.findLast((line): line is TransferLine => isTransferLine(line) && line.path === path),
  }
}

function countsOf({ done, failed, skipped, unfinished }: SummaryLine) {
  return { done, failed, skipped, unfinished }
}

export function isTransferLine(line: JsonLine): line is TransferLine {
  return line.type === 'transfer'
}
