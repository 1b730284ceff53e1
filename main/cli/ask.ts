import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { safeText } from '#shared/text/safe-text.ts'
import type { Session } from './session.ts'

/**
 * Asks the person at the terminal. A secret is not shown while it is typed.
 * @throws TransferError `usage` when there is no one to ask
 */
export async function ask(
  { output, interrupted }: Session,
  question: string,
  { isSecret = false, instead }: { readonly isSecret?: boolean; readonly instead: string },
): Promise<string> {
  if (!process.stdin.isTTY) throw new TransferError('usage', { detail: instead })
  // Not on stdout, which may be another program's input.
  const { drawing: stderr } = output
  stderr.write(`${safeText(question)}: `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({
    input: process.stdin,
    output: isSecret ? silent : stderr,
    terminal: true,
  })
  try {
    return (await terminal.question('', { signal: interrupted })).trim()
  } finally {
    terminal.close()
    if (isSecret) stderr.write('\n')
  }
}
