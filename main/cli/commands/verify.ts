import { type RemoteWishes, type Verified, verify as verifyUploads } from '#main/app/run/verify.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { holdsTrue } from '#shared/model/verification.ts'
import { describeVerification } from '#shared/text/describe-verification.ts'
import { t } from '#shared/text/t.ts'
import { formatDestination } from '#shared/transfer/format-destination.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { optional } from '../option-values.ts'
import { shortPath } from '../report/human-lines.ts'
import type { Session } from '../session.ts'

export interface VerifyOptions {
  readonly remote?: boolean
  /** `sample` or `all`. */
  readonly remoteBytes?: string
  readonly maxCalls: string
}

/** `feidi verify PATH|ID...`: compares uploads with the local files, and with Feishu if asked to. */
export async function verify(
  session: Session,
  targets: readonly string[],
  options: VerifyOptions,
): Promise<ExitCode> {
  const wishes = wishesOf(options)
  let isGood = true
  try {
    for await (const found of verifyUploads(session, targets, wishes)) {
      isGood = tell(session, found) && isGood
    }
  } catch (error) {
    if (!session.interrupted.aborted) throw error
    return EXIT.interrupted
  }
  return isGood ? EXIT.allDone : EXIT.someFailed
}

/** @throws TransferError `usage` */
function wishesOf({ remote = false, remoteBytes, maxCalls }: VerifyOptions): RemoteWishes {
  if (remoteBytes !== undefined && remoteBytes !== 'sample' && remoteBytes !== 'all') {
    throw new TransferError('usage', { detail: `--remote-bytes ${remoteBytes}` })
  }
  const mostCalls = optional(maxCalls, parseCount, '--max-calls', '1000') ?? 0
  return { remote: remote || remoteBytes !== undefined, bytes: remoteBytes, mostCalls }
}

function parseCount(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

/** Returns whether all was well. */
function tell({ settings: { json, quiet, language }, output }: Session, found: Verified): boolean {
  if ('unknown' in found) {
    if (json) output.json({ type: 'verified', path: found.unknown, local: { verdict: 'unknown' } })
    else output.say(`? ${shortPath(found.unknown)}  ${t(language, 'verified.none')}`)
    return false
  }
  const { copy, verification } = found
  const isGood = holdsTrue(verification)
  const { path, destination, fileToken, transferId: id } = copy
  if (json) {
    output.json({
      type: 'verified',
      id,
      path,
      to: formatDestination(destination),
      fileToken,
      ...verification,
    })
  } else if (!quiet || !isGood) {
    const lines = describeVerification(verification, language)
    output.say(
      `${isGood ? '✓' : '✗'} ${shortPath(path)}`,
      ...lines.map((line) => `    ${line.isGood ? '✓' : '✗'} ${line.words}`),
    )
  }
  return isGood
}
