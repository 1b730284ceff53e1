/** Runs what is measured in a process of its own. */
import { fork } from 'node:child_process'
import { once } from 'node:events'

export interface ProgramEnd<Result> {
  /** The program's result; undefined when it did not get that far. */
  readonly result: Result | undefined
  /** The failure in one line; undefined when it ended well. */
  readonly crash: string | undefined
}

/** Ends the program when it takes longer: a benchmark stops by itself. */
const LONGEST_MS = 10 * 60_000

/** Forks `program` with `input` and waits for its end. */
export async function runProgram<Result>(
  program: URL,
  input: object,
  nodeOptions: readonly string[] = [],
): Promise<ProgramEnd<Result>> {
  const child = fork(program, [JSON.stringify(input)], {
    execArgv: [...nodeOptions],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let result: Result | undefined
  let said = ''
  child.on('message', (message) => {
    result = message as Result
  })
  const listen = (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-20_000)
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, string | null]
  clearTimeout(timer)
  if (exitCode === 0) return { result, crash: undefined }
  return { result, crash: `${signal ?? `exit ${exitCode}`}: ${lastError(said)}` }
}

/** The same for a program that has to succeed. */
export async function runProgramWell<Result>(
  program: URL,
  input: object,
  nodeOptions: readonly string[] = [],
): Promise<Result> {
  const { result, crash } = await runProgram<Result>(program, input, nodeOptions)
  if (crash !== undefined || result === undefined) {
    throw new Error(`${program.pathname} failed: ${crash ?? 'it sent no result'}`)
  }
  return result
}

/** Reads what `runProgram` was given. */
export function inputOf<Input>(): Input {
  return JSON.parse(process.argv[2] ?? '{}') as Input
}

/** Hands the result over and lets the process end. */
export async function sendResult(result: unknown): Promise<void> {
  await new Promise((resolve) => process.send?.(result, resolve))
  process.disconnect()
}

function lastError(text: string): string {
  const lines = text.split('\n').filter((line) => /^\s*(\w*Error|Axios\w*)\b/.test(line))
  return lines.at(-1)?.trim() ?? text.trim().split('\n').at(-1) ?? ''
}
