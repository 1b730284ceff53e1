/** The times of day and week at which a person lets files go up, by this machine's local time. */
export interface WorkHours {
  /** `HH:MM`; later than `until`: over midnight; the same: the whole day. */
  readonly from: string
  readonly until: string
  /** Days on which they begin; 0 is Sunday. */
  readonly days: readonly number[]
}

interface Opening {
  readonly fromMs: number
  readonly untilMs: number
}

/** Checks whether a moment lies in the hours. */
export function isWithin({ from, until, days }: WorkHours, at: Date): boolean {
  const time = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
  const today = at.getDay()
  if (from === until) return days.includes(today)
  if (from < until) return days.includes(today) && time >= from && time < until
  // Over midnight, the early hours belong to the day before.
  if (time >= from) return days.includes(today)
  return time < until && days.includes((today + 6) % 7)
}

/** When the times set begin next; undefined when no day is set. */
export function nextBegin({ from, until, days }: WorkHours, after: Date): Date | undefined {
  const [hours = 0, minutes = 0] = from === until ? [] : from.split(':').map(Number)
  for (let day = 0; day <= 7; day++) {
    const begin = new Date(after)
    begin.setDate(after.getDate() + day)
    begin.setHours(hours, minutes, 0, 0)
    if (begin > after && days.includes(begin.getDay())) return begin
  }
  return undefined
}

/** The time within a span that lies in the hours, in ms. @param hours null: any time */
export function openMs(hours: WorkHours | null, fromMs: number, untilMs: number): number {
  return openings(hours, fromMs, untilMs).reduce((sum, each) => sum + each.untilMs - each.fromMs, 0)
}

/** When so much time in the hours has passed within a span; its end when that is not enough. */
export function afterOpenMs(
  hours: WorkHours | null,
  fromMs: number,
  untilMs: number,
  ms: number,
): number {
  let leftMs = ms
  for (const opening of openings(hours, fromMs, untilMs)) {
    const lengthMs = opening.untilMs - opening.fromMs
    if (leftMs <= lengthMs) return opening.fromMs + leftMs
    leftMs -= lengthMs
  }
  return untilMs
}

/** The parts of a span that lie in the hours, in order. */
function openings(hours: WorkHours | null, fromMs: number, untilMs: number): Opening[] {
  if (untilMs <= fromMs) return []
  if (hours === null) return [{ fromMs, untilMs }]
  const found: Opening[] = []
  const day = new Date(fromMs)
  // Hours over midnight may have begun on the day before.
  day.setDate(day.getDate() - 1)
  for (; day.getTime() < untilMs + 1; day.setDate(day.getDate() + 1)) {
    if (!hours.days.includes(day.getDay())) continue
    const begin = Math.max(
      fromMs,
      atTime(day, hours.from === hours.until ? '00:00' : hours.from, 0),
    )
    const end = Math.min(untilMs, endOf(hours, day))
    if (begin < end) found.push({ fromMs: begin, untilMs: end })
  }
  return found
}

function endOf({ from, until }: WorkHours, day: Date): number {
  if (from === until) return atTime(day, '00:00', 1)
  return atTime(day, until, from < until ? 0 : 1)
}

function atTime(day: Date, time: string, daysLater: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const at = new Date(day)
  at.setDate(day.getDate() + daysLater)
  return at.setHours(hours, minutes, 0, 0)
}
