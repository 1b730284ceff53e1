import { resolve } from 'node:path'
import type { VerifyTools } from '#main/destination/compare-copy.ts'
import { fileSources } from '#main/engine/source.ts'
import { openReceiptsReadOnly } from '#main/store/open-read-only.ts'
import type { ReceiptStore } from '#main/store/receipt-store.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Copy } from '#shared/model/copy.ts'
import type { Verification } from '#shared/model/verification.ts'
import { type Actor, accountsOf, chooseActor, storedActor } from '../accounts/actor.ts'
import { type Connection, openHome } from '../open-engine.ts'
import type { AppSession } from '../session.ts'
import { type VerifyMeans, verifyCopy } from '../verify-copy.ts'

/** The questions to Feishu. */
export interface RemoteWishes {
  readonly remote: boolean
  /** Pieces of each file that are downloaded and compared; undefined: none. */
  readonly bytes?: 'sample' | 'all' | undefined
  /** Downloads of all files together, at most. */
  readonly mostCalls: number
}

/** One upload that was verified, or a path of which no upload is known. */
export type Verified =
  | { readonly copy: Copy; readonly verification: Verification }
  | { readonly unknown: string }

/** The first and the last piece, and two between them. */
const SAMPLE_PIECES = 4

/**
 * Verifies the uploads of files and folders, or single transfers by their ids.
 * Without a wish to ask Feishu, it only reads, and works while another process uses the home.
 * @throws TransferError when the home is in use, or no account can ask
 */
export async function* verify(
  session: AppSession,
  targets: readonly string[],
  wishes: RemoteWishes,
): AsyncGenerator<Verified> {
  const { home } = session.settings
  const sources = fileSources(home)
  if (!wishes.remote && wishes.bytes === undefined) {
    const open = openReceiptsReadOnly(home)
    try {
      const verifying = () => Promise.reject(new TransferError('credentials-missing'))
      yield* verifyAll(session, targets, wishes, { ...open, sources, verifying })
    } finally {
      open?.close()
    }
    return
  }
  const ways = openWays(session)
  try {
    const { receipts, verifying } = ways
    yield* verifyAll(session, targets, wishes, { receipts, sources, verifying })
  } finally {
    await ways.close()
  }
}

async function* verifyAll(
  { interrupted }: AppSession,
  targets: readonly string[],
  { remote, bytes, mostCalls }: RemoteWishes,
  { receipts, ...means }: VerifyMeans & { readonly receipts?: ReceiptStore },
): AsyncGenerator<Verified> {
  let callsLeft = mostCalls
  const perFile = bytes === 'all' ? Number.POSITIVE_INFINITY : SAMPLE_PIECES
  for (const target of targets) {
    let isKnown = false
    for (const copy of receipts === undefined ? [] : copiesOf(receipts, target)) {
      interrupted.throwIfAborted()
      isKnown = true
      const wish = { remote, mostCalls: bytes && Math.min(callsLeft, perFile) }
      const verification = await verifyCopy(copy, means, wish, interrupted)
      callsLeft -= verification.bytes?.compared ?? 0
      yield { copy, verification }
    }
    if (!isKnown) yield { unknown: target }
  }
}

/** A target is the id of a transfer, else a path. */
function copiesOf(receipts: ReceiptStore, target: string): Iterable<Copy> {
  const receipt = receipts.ofTransfer(target)
  return receipt === undefined ? receipts.copiesAt(resolve(target)) : [receipt]
}

/** Opens the home, and ways to Feishu as each account that is asked for. */
function openWays(session: AppSession) {
  const { settings, log, version } = session
  const home = openHome({ ...settings, command: 'feidi verify', version })
  const connections = new Map<string, Promise<Connection>>()
  const connectAs = async (identity: string) => {
    const actor = await actorFor(session, identity)
    return home.connect({ ...settings, ...actor }, log)
  }
  return {
    receipts: home.stores.receipts,
    async verifying(identity: string): Promise<VerifyTools> {
      const known = connections.get(identity) ?? connectAs(identity)
      connections.set(identity, known)
      return (await known).verifying
    },
    async close() {
      for (const connection of connections.values()) {
        await connection.then(
          (open) => open.close(),
          () => {},
        )
      }
      home.close()
    },
  }
}

/**
 * The account that uploaded. One-off credentials leave no name behind: those given now stand for them.
 * @throws TransferError `signed-out` when it is not there any more
 */
async function actorFor(session: AppSession, identity: string): Promise<Actor> {
  if (identity === '') return chooseActor(session, undefined)
  const acting = await chooseActor(session, undefined).catch(() => undefined)
  if (acting?.identity === identity) return acting
  const accounts = accountsOf(session)
  const account = accounts.get(identity)
  if (account === undefined) throw new TransferError('signed-out', { detail: identity })
  return storedActor(accounts, account)
}
