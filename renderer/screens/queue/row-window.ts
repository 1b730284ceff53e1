/**
 * The rows in sight of a list that may be far too long to hold: pages are asked for when they come
 * into sight, a few are kept, and rows change in place when the host says so.
 */
import type { Answer, RequestOutput } from '#shared/contract/contract.ts'
import type { GroupFigures } from '#shared/contract/group-row.ts'
import type { LiveEvent } from '#shared/contract/live-state.ts'
import { groupLineId } from '#shared/contract/queue-line.ts'
import type { TransferRow } from '#shared/contract/value-schemas.ts'

export const PAGE_ROWS = 100
const MOST_PAGES = 12
/** Pages asked for again when the list has moved: often enough to be true, seldom enough to be calm. */
const REFRESH_EVERY_MS = 700

export type Opening = NonNullable<RequestOutput<'queue.window'>['opening']>

interface PageAnswer<Row> {
  readonly rows: readonly Row[]
  readonly total: number
  readonly revision: number
  readonly opening?: Opening | null
  readonly news?: number
  readonly isGrouped?: boolean
}

/** A row: that of a file, or of a group. */
interface Line {
  readonly id: string
}

type AskForPage<Row> = (
  offset: number,
  limit: number,
  opening: Opening | undefined,
) => Promise<Answer<PageAnswer<Row>>>

interface WindowOptions<Row> {
  /** The first page, if it has been asked for already. */
  readonly first?: ReturnType<AskForPage<Row>> | undefined
  /** The moment of an earlier look, whose rows are shown again. */
  readonly opening?: Opening | undefined
  /** Checks whether a person reads the list: until then it may be opened again, which moves rows. */
  readonly isRead?: () => boolean
}

export class RowWindow<Row extends Line> {
  readonly #ask: AskForPage<Row>
  readonly #pages = new Map<number, readonly Row[]>()
  readonly #asked = new Set<number>()
  /** Pages to be asked for once more: they have changed since. */
  readonly #outdated = new Set<number>()
  #isGrouped = false
  readonly #listeners = new Set<() => void>()
  #visible: readonly number[] = [0]
  readonly #isRead: () => boolean
  #opening: Opening | undefined
  #news = 0
  #total: number | undefined
  #revision = 0
  #hostRevision = 0
  #failed = false
  #version = 0
  #refreshTimer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(
    ask: AskForPage<Row>,
    { first, opening, isRead = () => true }: WindowOptions<Row> = {},
  ) {
    this.#ask = ask
    this.#opening = opening
    this.#isRead = isRead
    void this.#load(0, first)
  }

  /** Rises with every change; what a component watches. */
  get version(): number {
    return this.#version
  }

  /** Undefined until the first answer. */
  get total(): number | undefined {
    return this.#total
  }

  /** The moment that the rows belong to; undefined where they follow the host. */
  get opening(): Opening | undefined {
    return this.#opening
  }

  /** Rows that have come since, and are shown when the list is opened again. */
  get news(): number {
    return this.#news
  }

  /** The rows are those of a list with groups. */
  get isGrouped(): boolean {
    return this.#isGrouped
  }

  get failed(): boolean {
    return this.#failed
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#refreshTimer)
  }

  /** The row at a place, or undefined while it is on its way. */
  at(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
  }

  /** Rows at hand with these ids, in their order. */
  find(ids: ReadonlySet<string>): Row[] {
    const pages = [...this.#pages].sort(([one], [other]) => one - other)
    return pages.flatMap(([, page]) => page.filter((row) => ids.has(row.id)))
  }

  /** The place of a row at hand. */
  indexOf(id: string): number | undefined {
    for (const [number, page] of this.#pages) {
      const at = page.findIndex((row) => row.id === id)
      if (at !== -1) return number * PAGE_ROWS + at
    }
    return undefined
  }

  /** Says which rows are in sight; `end` exclusive. */
  show(start: number, end: number): void {
    const first = Math.max(0, Math.floor(start / PAGE_ROWS))
    const last = Math.max(first, Math.floor((end - 1) / PAGE_ROWS))
    this.#visible = Array.from({ length: last - first + 1 }, (_, step) => first + step)
    for (const page of this.#visible) {
      if (!this.#pages.has(page)) void this.#load(page)
    }
    this.#forgetFarPages()
  }

  /** Takes in an event of the host. */
  hear(event: LiveEvent): void {
    if (event.kind === 'snapshot') {
      // The host may have restarted; its count then starts from scratch.
      this.#revision = 0
      this.#hostRevision = event.state.revision
      this.#refreshSoon()
      return
    }
    const { rows, groups, revision } = event.patch
    if (rows !== undefined) this.#replace(rows)
    if (groups !== undefined) this.#replace(groupLines(groups))
    if (revision !== undefined) this.catchUp(revision)
  }

  /** Says how far the host is; asks again if the rows at hand are older. */
  catchUp(revision: number): void {
    this.#hostRevision = Math.max(this.#hostRevision, revision)
    if (this.#total !== undefined && this.#hostRevision > this.#revision) this.#refreshSoon()
  }

  /** Shows the list as it is now, with new rows in their places. */
  async reopen(): Promise<void> {
    this.#opening = undefined
    this.#pages.clear()
    this.#visible = [0]
    await this.refresh()
  }

  /** Asks again for what is in sight; the rest is forgotten and comes back when it is looked at. */
  async refresh(): Promise<void> {
    if (!this.#isRead()) this.#opening = undefined
    for (const page of this.#pages.keys()) {
      if (!this.#visible.includes(page)) this.#pages.delete(page)
    }
    // The first answer tells the moment that the others keep to.
    const [first = 0, ...rest] = this.#visible
    await this.#load(first)
    await Promise.all(rest.map((page) => this.#load(page)))
  }

  #refreshSoon(): void {
    if (this.#closed) return
    this.#refreshTimer ??= setTimeout(() => {
      this.#refreshTimer = undefined
      void this.refresh()
    }, REFRESH_EVERY_MS)
  }

  async #load(page: number, asked?: ReturnType<AskForPage<Row>>): Promise<void> {
    if (this.#asked.has(page)) {
      this.#outdated.add(page)
      return
    }
    this.#asked.add(page)
    const answer = await (asked ?? this.#ask(page * PAGE_ROWS, PAGE_ROWS, this.#opening))
    this.#asked.delete(page)
    if (this.#closed) return
    if (this.#outdated.delete(page)) {
      await this.#load(page)
      return
    }
    this.#failed = !answer.ok
    if (answer.ok) {
      const { rows, total, revision, opening, news = 0, isGrouped = false } = answer.value
      this.#opening = opening ?? undefined
      this.#news = news
      this.#isGrouped = isGrouped
      this.#pages.set(page, keepSame(this.#pages.get(page), rows))
      this.#total = total
      this.#revision = Math.max(this.#revision, revision)
      this.catchUp(revision)
    }
    this.#changed()
  }

  #replace(changed: readonly (TransferRow | (GroupFigures & Line))[]): void {
    const byId = new Map(changed.map((row) => [row.id, row]))
    let found = false
    for (const [number, page] of this.#pages) {
      if (!page.some((row) => byId.has(row.id))) continue
      found = true
      this.#pages.set(
        number,
        page.map((row) => {
          const news = byId.get(row.id)
          return news === undefined ? row : { ...row, ...news }
        }),
      )
    }
    if (found) this.#changed()
  }

  #forgetFarPages(): void {
    if (this.#pages.size <= MOST_PAGES) return
    const centre = this.#visible[0] ?? 0
    const byDistance = [...this.#pages.keys()].sort(
      (one, other) => Math.abs(other - centre) - Math.abs(one - centre),
    )
    for (const page of byDistance.slice(0, this.#pages.size - MOST_PAGES)) this.#pages.delete(page)
  }

  #changed(): void {
    this.#version++
    for (const listener of this.#listeners) listener()
  }
}

/** Returns the figures of groups as changes of their rows. */
function groupLines(groups: Readonly<Record<string, GroupFigures>>): (GroupFigures & Line)[] {
  return Object.entries(groups).map(([group, figures]) => ({ id: groupLineId(group), ...figures }))
}

/** Rows that came back unchanged stay the same objects, so that nothing is drawn again for them. */
function keepSame<Row extends Line>(
  before: readonly Row[] | undefined,
  after: readonly Row[],
): readonly Row[] {
  if (before === undefined) return after
  const known = new Map(before.map((row) => [row.id, row]))
  return after.map((row) => {
    const old = known.get(row.id)
    return old !== undefined && JSON.stringify(old) === JSON.stringify(row) ? old : row
  })
}
