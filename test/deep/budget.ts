/** The duration of `npm run test:deep`, and its first seed. */

const MINUTES = Number(process.env['FEIDI_DEEP_MINUTES'] ?? 10)

/** A run is repeated with the seed that it printed. */
const SEED = Number(process.env['FEIDI_SEED'] ?? Date.now() % 2 ** 31)

/** Seeds, one after another, until a share of the time is over; at least one. */
export function* seedsFor(share: number): Generator<number> {
  const endAtMs = Date.now() + share * MINUTES * 60_000
  for (let seed = SEED; seed === SEED || Date.now() < endAtMs; seed++) yield seed
}

/** Says what a deep run came to. Its seed repeats it. */
export function report(name: string, figures: Readonly<Record<string, number>>): void {
  const words = Object.entries(figures).map(([what, count]) => `${count} ${what}`)
  process.stdout.write(`${name}, from seed ${SEED}: ${words.join(', ')}\n`)
}

/** Adds figures to a sum. */
export function addTo(
  sum: Record<string, number>,
  figures: Readonly<Record<string, number>>,
): void {
  for (const [what, count] of Object.entries(figures)) sum[what] = (sum[what] ?? 0) + count
}
