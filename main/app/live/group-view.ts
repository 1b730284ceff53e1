import type { Clock } from '#main/lib/clock.ts'
import type { Group } from '#main/store/grouped-windows.ts'
import type { Stores } from '#main/store/open-stores.ts'
import type { GroupFigures, GroupRow } from '#shared/contract/group-row.ts'
import { groupLineId } from '#shared/contract/queue-line.ts'
import type { PlaceName } from '#shared/model/place-name.ts'
import type { Destination, Transfer } from '#shared/model/transfer.ts'
import { plus } from '#shared/transfer/work-size.ts'
import { stateCounts } from '../api/tabs.ts'
import { beyondAcknowledged, shareOfGroup } from './group-share.ts'
import type { ProgressTracker } from './progress-tracker.ts'

export interface GroupViewOptions {
  readonly stores: Pick<Stores, 'windows' | 'groups'>
  readonly moving: ProgressTracker
  readonly clock: Pick<Clock, 'steadyMs'>
  readonly nameOf: (destination: Destination) => PlaceName
}

/** Tells of groups what pages show, by the figures that everything else is told by. */
export class GroupView {
  readonly #options: GroupViewOptions

  constructor(options: GroupViewOptions) {
    this.#options = options
  }

  /** Returns the figures of the groups at work. */
  atWork(): Record<string, GroupFigures> {
    const running = this.#running()
    return Object.fromEntries(
      [...running].map(([group, transfers]) => [String(group), this.#figures(group, transfers)]),
    )
  }

  /** Returns what turns groups into rows; those at work are looked up once for all of them. */
  rows(): (group: Group, shown: number, isOpen: boolean) => GroupRow {
    const running = this.#running()
    return (group, shown, isOpen) => ({
      id: groupLineId(String(group.key)),
      group: String(group.key),
      kind: group.kind,
      label: group.label,
      destinationName: this.#options.nameOf(group.destination),
      addedAtMs: group.addedAtMs,
      isOpen,
      shown,
      ...this.#figures(group.key, running.get(group.key) ?? []),
    })
  }

  #running(): Map<number, Transfer[]> {
    const running = new Map<number, Transfer[]>()
    for (const { group, transfer } of this.#options.stores.groups.groupsAtWork()) {
      running.set(group, [...(running.get(group) ?? []), transfer])
    }
    return running
  }

  #figures(group: number, running: readonly Transfer[]): GroupFigures {
    const { stores, moving, clock } = this.#options
    const steadyMs = clock.steadyMs()
    const tallies = stores.windows.groupTallies(group)
    const beyond = beyondAcknowledged(running, (each) => moving.movedBytes(each, steadyMs))
    const begun = plus(stores.windows.sentOfGroup(group), beyond)
    return {
      byState: stateCounts(tallies),
      sizeBytes: tallies.reduce((sum, { bytes }) => sum + bytes, 0),
      share: shareOfGroup(tallies, begun),
      bytesPerSecond: running.reduce(
        (sum, { id }) => sum + moving.bytesPerSecondOf(id, steadyMs),
        0,
      ),
    }
  }
}
