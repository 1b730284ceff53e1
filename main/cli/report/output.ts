import { safeJson, safeText } from '#shared/text/safe-text.ts'

interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/**
 * The one way from a command to a terminal, a pipe or a file. Each line given is one line there,
 * whatever is in it; and work never ends because of a line that can not be written (a full disk, a
 * terminal or reader that is gone).
 */
export class Output {
  readonly #streams: Streams

  constructor(streams: Streams) {
    this.#streams = streams
    for (const stream of [streams.stdout, streams.stderr]) stream.on('error', () => {})
  }

  /** Lines on stdout. */
  say(...lines: string[]): void {
    this.#streams.stdout.write(inLines(lines))
  }

  /** Lines on stderr. */
  warn(...lines: string[]): void {
    this.#streams.stderr.write(inLines(lines))
  }

  /** Lines of a table on stdout, which are safe as they are. */
  table(csv: string): void {
    this.#streams.stdout.write(csv)
  }

  /** One object on stdout, as a line for programs. */
  json(value: object): void {
    this.#streams.stdout.write(`${safeJson(value)}\n`)
  }

  /** True when a person sees both streams. */
  get isTerminal(): boolean {
    return this.#streams.stdout.isTTY && this.#streams.stderr.isTTY
  }

  /** For what moves the cursor itself; whatever it shows goes through `safeText` first. */
  get drawing(): NodeJS.WriteStream {
    return this.#streams.stderr
  }
}

function inLines(lines: readonly string[]): string {
  return lines.map((line) => `${safeText(line)}\n`).join('')
}
