import type { Standing } from '#main/watch/ports.ts'

/** The numbers that stand for standings in the database. */
export const STANDING_NUMBERS: Readonly<Record<Standing, number>> = {
  baseline: 0,
  queued: 1,
  up: 2,
  failed: 3,
  copy: 4,
}

const BY_NUMBER = new Map(
  Object.entries(STANDING_NUMBERS).map(([standing, number]) => [number, standing as Standing]),
)

export function standingOf(number: number): Standing | undefined {
  return BY_NUMBER.get(number)
}
