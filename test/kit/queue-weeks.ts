/** A queue over days and weeks, minute by minute: what is planned, against first in, first out. */
import { isInVain, isUrgent, TRANSACTION_LIFE_MS } from '#shared/transfer/deadline.ts'
import { pickNext } from '#shared/transfer/pick-next.ts'
import { planStart } from '#shared/transfer/plan-start.ts'
import { nextQuotaDayMs, quotaDay } from '#shared/transfer/quota-day.ts'
import { isWithin, type WorkHours } from '#shared/transfer/work-hours.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Feishu forgets an upload after so long; those that plan do not rely on the last hour. */
const FORGOTTEN_MS = DAY_MS
const MOST_RUNS = 9
const LOOK_AHEAD = 200
/** Calls a minute to each endpoint, as one machine makes them. */
const CALLS_A_MINUTE = 285

export interface SimulatedFile {
  readonly id: string
  readonly bytes: number
  /** 0: it goes in one call. */
  readonly parts: number
}

export interface Weeks {
  readonly files: readonly SimulatedFile[]
  readonly bytesPerSecond: number
  readonly callsPerDay: number
  readonly policy: 'planned' | 'in order'
  readonly mostDays: number
  readonly startMs: number
  /** Absent: at any time. */
  readonly hours?: WorkHours | null
}

export interface WeeksResult {
  /** When the last file was up; undefined: not within the days. */
  readonly doneMs: number | undefined
  readonly filesUp: number
  /** Files that were up at the end of each day. */
  readonly upByDay: readonly number[]
  /** Uploads that Feishu has forgotten, and the parts that were sent for them in vain. */
  readonly expired: number
  readonly wastedParts: number
  /** The most calls of one day, of either kind. */
  readonly mostCalls: number
}

interface Run {
  readonly file: SimulatedFile
  readonly isWhole: boolean
  beganMs: number
  sent: number
}

/** Lives through the days. The same facts give the same result. */
export function liveWeeks(weeks: Weeks): WeeksResult {
  const world = new World(weeks)
  const endMs = weeks.startMs + weeks.mostDays * DAY_MS
  while (world.nowMs < endMs && !world.isDone) world.minute()
  return world.result
}

class World {
  readonly #weeks: Weeks
  readonly #queue: SimulatedFile[]
  readonly #used = new Map<string, { whole: number; parts: number }>()
  readonly #upByDay: number[] = []
  #head = 0
  #runs: Run[] = []
  #up = 0
  #expired = 0
  #wasted = 0
  #doneMs: number | undefined
  nowMs: number

  constructor(weeks: Weeks) {
    this.#weeks = weeks
    this.#queue = [...weeks.files]
    this.nowMs = weeks.startMs
  }

  get isDone(): boolean {
    return this.#up === this.#weeks.files.length
  }

  get result(): WeeksResult {
    const calls = [...this.#used.values()].flatMap(({ whole, parts }) => [whole, parts])
    return {
      ...{ doneMs: this.#doneMs, filesUp: this.#up, upByDay: this.#upByDay },
      ...{ expired: this.#expired, wastedParts: this.#wasted, mostCalls: Math.max(0, ...calls) },
    }
  }

  minute(): void {
    const used = this.#today()
    const left = {
      bytes: this.#weeks.bytesPerSecond * 60,
      whole: Math.min(CALLS_A_MINUTE, this.#weeks.callsPerDay - used.whole),
      parts: Math.min(CALLS_A_MINUTE, this.#weeks.callsPerDay - used.parts),
    }
    this.#forget()
    let hasMoved = this.#isOpen
    while (hasMoved) {
      this.#begin()
      hasMoved = false
      for (const run of [...this.#runs]) hasMoved = this.#send(run, left, used) || hasMoved
    }
    const before = this.nowMs
    this.nowMs += MINUTE_MS
    if (quotaDay(before) !== quotaDay(this.nowMs)) this.#upByDay.push(this.#up)
    if (this.isDone) this.#doneMs = this.nowMs
  }

  /** Sends what one run can send at a time: a call. Returns whether it did. */
  #send(
    run: Run,
    left: { bytes: number; whole: number; parts: number },
    used: { whole: number; parts: number },
  ): boolean {
    const kind = run.isWhole ? 'whole' : 'parts'
    if (left[kind] <= 0 || left.bytes <= 0) return false
    left[kind] -= 1
    used[kind] += 1
    // The last call of a minute may end in the next.
    left.bytes -= run.isWhole ? run.file.bytes : run.file.bytes / run.file.parts
    run.sent += 1
    if (run.isWhole || run.sent >= run.file.parts) {
      this.#runs = this.#runs.filter((each) => each !== run)
      this.#up += 1
    }
    return true
  }

  /** Feishu forgets uploads of yesterday; a plan begins those again that can not end. */
  #forget(): void {
    for (const run of this.#runs) {
      if (run.isWhole || run.sent === 0) continue
      const isOver = this.nowMs - run.beganMs >= FORGOTTEN_MS
      if (!isOver && !(this.#weeks.policy === 'planned' && this.#isInVain(run))) continue
      this.#expired += 1
      this.#wasted += run.sent
      run.sent = 0
      run.beganMs = this.nowMs
    }
  }

  #isInVain(run: Run): boolean {
    return isInVain(begunOf(run), this.nowMs, this.#cost, this.#hours)
  }

  #begin(): void {
    const room = MOST_RUNS - this.#runs.length
    if (room <= 0 || this.#head >= this.#queue.length) return
    if (this.#weeks.policy === 'in order') {
      for (const file of this.#queue.slice(this.#head, this.#head + room)) this.#start(file)
      return
    }
    const free = this.#weeks.callsPerDay - this.#today().whole
    const ready: SimulatedFile[] = []
    // Files that wait for their parts do not hide those behind them.
    for (let at = this.#head; at < this.#queue.length && ready.length < room; at++) {
      const file = this.#queue[at] as SimulatedFile
      if (at - this.#head > LOOK_AHEAD && ready.length > 0) break
      const isOpen = file.parts === 0 ? free > ready.length : this.#mayStart(file)
      if (isOpen) ready.push(file)
      if (file.parts === 0 && free <= 0 && at - this.#head > LOOK_AHEAD) break
    }
    const picked = pickNext({
      ...{ ready, room, active: this.#runs, urgent: [] },
      isWhole: ({ parts }: SimulatedFile) => parts === 0,
    })
    for (const file of picked) {
      // Each one that begins takes its parts from the next.
      if (file.parts === 0 || this.#mayStart(file)) this.#start(file)
    }
    const urgent = this.#runs.filter(
      (run) => !run.isWhole && isUrgent(begunOf(run), this.nowMs, this.#cost, this.#hours),
    )
    this.#runs = [...urgent, ...this.#runs.filter((run) => !urgent.includes(run))]
  }

  #mayStart({ parts, bytes }: SimulatedFile): boolean {
    const { callsPerDay } = this.#weeks
    const begun = this.#runs.filter((run) => !run.isWhole)
    const reserved = begun.reduce((sum, run) => sum + run.file.parts - run.sent, 0)
    const reservedBytes = begun.reduce((sum, run) => sum + begunOf(run).missingBytes, 0)
    const today = callsPerDay - this.#today().parts
    const basis = { today, daily: callsPerDay, reserved, reservedBytes, hours: this.#hours }
    const start = planStart({ parts, bytes }, { ...basis, nowMs: this.nowMs, cost: this.#cost })
    return start.kind === 'now'
  }

  #start(file: SimulatedFile): void {
    const at = this.#queue.indexOf(file, this.#head)
    // The files that are passed over keep their order.
    if (at > this.#head) {
      this.#queue.copyWithin(this.#head + 1, this.#head, at)
      this.#queue[this.#head] = file
    }
    this.#head += 1
    this.#runs.push({ file, isWhole: file.parts === 0, beganMs: this.nowMs, sent: 0 })
  }

  get #hours(): WorkHours | null {
    return this.#weeks.hours ?? null
  }

  get #isOpen(): boolean {
    return this.#hours === null || isWithin(this.#hours, new Date(this.nowMs))
  }

  get #cost() {
    return { secondsPerByte: 1 / this.#weeks.bytesPerSecond, secondsPerCall: 60 / CALLS_A_MINUTE }
  }

  #today(): { whole: number; parts: number } {
    const day = quotaDay(this.nowMs)
    const used = this.#used.get(day) ?? { whole: 0, parts: 0 }
    this.#used.set(day, used)
    return used
  }
}

function begunOf({ file, beganMs, sent }: Run) {
  const missingParts = file.parts - sent
  const missingBytes = (file.bytes * missingParts) / Math.max(1, file.parts)
  return { expiresAtMs: beganMs + TRANSACTION_LIFE_MS, missingParts, missingBytes }
}

/** The beginning of a day in Beijing. */
export function aMorning(): number {
  return nextQuotaDayMs(Date.UTC(2026, 0, 5))
}

/** Films and small files: a folder of films comes first, as it does in many a queue. */
export function filmsFirst(
  count: number,
  films: number,
  partsOfFilm: number,
  seed: number,
): SimulatedFile[] {
  let random = seed
  const next = () => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
    return random / 2_147_483_648
  }
  return Array.from({ length: count }, (_, index) => {
    const parts = index < films ? 6 + Math.floor(next() * 2 * partsOfFilm) : 0
    const bytes = index < films ? parts * 4_194_304 : Math.ceil(next() * 2_000_000)
    return { id: String(index), bytes, parts }
  })
}
