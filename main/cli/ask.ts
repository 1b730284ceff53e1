import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { safeText } from '#shared/text/safe-text.ts'
import type { Session } from './session.ts'

/**
 * Asks the person at the terminal. A secret is not shown while it is typed.
 * @throws TransferError `no-terminal` when there is no one to ask
 */
export async function ask(
  { output, interrupted }: Session,
  question: string,
  { isSecret = false, instead }: { readonly isSecret?: boolean; readonly instead: string },
): Promise<string> {
  if (!process.stdin.isTTY) throw new TransferError('no-terminal', { detail: instead })
  // Not on stdout, which may be another program's input.
  const { drawing: stderr } = output
  const words = `${safeText(question)}: `
  if (isSecret) stderr.write(words)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({
    input: process.stdin,
    output: isSecret ? silent : stderr,
    terminal: true,
  })
  // Keys come here instead of to the system: Ctrl+C is what it is everywhere else.
  terminal.on('SIGINT', () => {
    stderr.write('\n')
    process.emit('SIGINT')
  })
  try {
    // The line is drawn again from its start, so the question has to be a part of it.
    return (await terminal.question(isSecret ? '' : words, { signal: interrupted })).trim()
  } finally {
    terminal.close()
    if (isSecret) stderr.write('\n')
  }
}
