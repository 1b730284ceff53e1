import { Crew } from '#main/app/accounts/crew.ts'
import type { Connection, OpenHome } from '#main/app/open-engine.ts'
import { everyTransfer } from '#main/app/unfinished.ts'
import type { WorkOptions } from '#main/engine/engine.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import { systemClock } from '#main/lib/clock.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import { errorInfo, TransferError } from '#shared/errors/transfer-error.ts'
import type { Transfer } from '#shared/model/transfer.ts'
import { kindsIn } from '#shared/transfer/state-kinds.ts'
import { type Actor, accountsOf, storedActor } from './actor.ts'
import type { CliSettings } from './settings.ts'

interface CrewSetup {
  readonly home: OpenHome
  readonly settings: CliSettings
  readonly log: HomeLog
  readonly actor: Actor & { readonly connection: Connection }
  /** Further accounts that may get work while it goes on. */
  readonly accounts: readonly string[]
  readonly options: Omit<WorkOptions, 'account'>
  /** A transfer of an account that can not act. */
  readonly onBlocked: (transfer: Transfer) => void
}

export interface OpenCrew {
  readonly crew: Crew
  /** Somebody may have got work, or signed in, since: whoever can act joins, and the others' files say so. */
  attend(): Promise<void>
  /** Of all but the actor's connection. */
  close(): Promise<void>
}

/** An engine for whoever acts now, and one for each other account of the home that left work or gets some. */
export async function gatherCrew(setup: CrewSetup): Promise<OpenCrew> {
  const { home, settings, log, actor, options } = setup
  const workerOf = (connection: Connection, orNone: boolean) =>
    connection.worker({ ...options, account: { identity: connection.identity, orNone } })
  const crew = new Crew([workerOf(actor.connection, true)])
  const connections = new Map<string, Connection>()
  const gather = async () => {
    for (const other of await others(setup, connections)) {
      const connection = home.connect({ ...settings, ...other }, log)
      connections.set(other.identity, connection)
      crew.join(workerOf(connection, false))
    }
    crew.nudge()
  }
  let gathering = Promise.resolve()
  const attend = () => {
    gathering = gathering
      .catch(() => {})
      .then(() => {
        requeueReturned(setup, connections)
        return gather()
      })
    return gathering
  }
  const close = async () => {
    await gathering.catch(() => {})
    await Promise.all([...connections.values()].map((each) => each.close()))
  }
  try {
    await gather()
  } catch (error) {
    await close()
    throw error
  }
  return { crew, attend, close }
}

/** Who has work, or is to get some, and has no engine yet. */
async function others(
  setup: CrewSetup,
  present: ReadonlyMap<string, Connection>,
): Promise<Actor[]> {
  const { home, actor } = setup
  const { transfers } = home.stores
  const known = accountsOf(setup)
  const wanted = new Set([...transfers.accountsWithWork(), ...setup.accounts])
  const found: Actor[] = []
  for (const identity of wanted) {
    if (identity === undefined || identity === actor.identity || present.has(identity)) continue
    const account = known.get(identity)
    if (account === undefined && isOfTheOccasion(actor, identity)) {
      // It came from an environment that is no more; whoever acts for this one does.
      transfers.disown(identity)
      continue
    }
    try {
      if (account === undefined) throw new TransferError('signed-out', { detail: identity })
      found.push(await storedActor(known, account))
    } catch (error) {
      if (!(error instanceof TransferError)) throw error
      block(setup, identity, error)
    }
  }
  return found
}

/** What waited for somebody to sign in goes on when they have. */
function requeueReturned(setup: CrewSetup, present: ReadonlyMap<string, Connection>): void {
  const { home, actor } = setup
  for (const { identity } of accountsOf(setup).list()) {
    if (identity === actor.identity || present.has(identity)) continue
    home.stores.transfers.requeueBlocked({ identity, orNone: false })
  }
}

function isOfTheOccasion({ account, baseUrl }: Actor, identity: string): boolean {
  return account === undefined && identity.endsWith(`@${parseBaseUrl(baseUrl).host}`)
}

/** Nobody can act for these now: they say so, and wait for their account. */
function block({ home, options, onBlocked }: CrewSetup, identity: string, error: TransferError) {
  const { transfers } = home.stores
  const { batchId } = options
  const filter = { kinds: kindsIn('open', 'at-work'), ...(batchId !== undefined && { batchId }) }
  const info = errorInfo(error, systemClock.nowMs())
  const theirs = [...everyTransfer(transfers, filter)].filter(({ account }) => account === identity)
  for (const { id } of theirs) {
    transfers.saveState(id, { kind: 'blocked', error: info })
    const blocked = transfers.get(id)
    if (blocked !== undefined) onBlocked(blocked)
  }
}
