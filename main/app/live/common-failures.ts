import type { Trouble } from '#main/store/queue-troubles.ts'
import type { CommonFailure } from '#shared/contract/live-state.ts'
import { type Remedy, remedyFor } from '#shared/errors/remedy-for.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Destination } from '#shared/model/transfer.ts'

/** So few are seen at once in the list itself. */
const FEWEST = 3
/** More than a person reads. */
const MOST_KINDS = 20

const ABOUT_ACCOUNT: readonly Remedy[] = ['sign-in', 'grant', 'add-scopes', 'check-account']

/**
 * Puts together what one remedy ends: failures of one kind, at one destination if another one would
 * help, of one account if that has to act.
 */
export function commonFailures(
  troubles: readonly Trouble[],
  nameOf: (destination: Destination) => PlaceName,
): CommonFailure[] {
  const groups = new Map<string, CommonFailure>()
  for (const { error, kind, transfers, ...trouble } of troubles) {
    const remedy = remedyFor(error)
    const destination = remedy === 'other-destination' ? trouble.destination : null
    const account = ABOUT_ACCOUNT.includes(remedy) ? trouble.account : null
    const filter = { code: error.code, destination, account }
    const key = JSON.stringify(filter)
    const { failed = 0, blocked = 0, ...known } = groups.get(key) ?? {}
    groups.set(key, {
      filter,
      error,
      destinationName: destination && nameOf(destination),
      account: account === '' ? null : account,
      ...known,
      failed: failed + (kind === 'failed' ? transfers : 0),
      blocked: blocked + (kind === 'blocked' ? transfers : 0),
    })
  }
  return [...groups.values()]
    .filter((group) => sizeOf(group) >= FEWEST)
    .sort((a, b) => sizeOf(b) - sizeOf(a))
    .slice(0, MOST_KINDS)
}

function sizeOf({ failed, blocked }: CommonFailure): number {
  return failed + blocked
}
