/** Assertions on what a user cares about after an upload. */
import { expect } from 'vitest'
import type { StoredFile } from '#test/simulator/library.ts'
import type { Simulator } from '#test/simulator/simulator.ts'

/** Files of that name at a place, all of them: names may repeat on the server. */
export function filesNamed(simulator: Simulator, parent: string, name: string): StoredFile[] {
  return simulator.files().filter((file) => file.parent === parent && file.name === name)
}

/** The file is there exactly once, with exactly these bytes. Returns its token. */
export async function expectOnce(
  simulator: Simulator,
  parent: string,
  { name, bytes }: { readonly name: string; readonly bytes: Buffer },
): Promise<string> {
  const found = filesNamed(simulator, parent, name)
  expect(found, `files named ${name}`).toHaveLength(1)
  const token = found[0]?.token ?? ''
  await expectBytes(simulator, token, bytes)
  return token
}

/** Byte for byte; says where the first difference is instead of printing megabytes. */
export async function expectBytes(simulator: Simulator, token: string, bytes: Buffer) {
  const stored = await simulator.bytesOf(token)
  expect(stored.length, 'bytes stored').toBe(bytes.length)
  if (!stored.equals(bytes)) {
    const at = stored.findIndex((byte, index) => byte !== bytes[index])
    expect.fail(`the stored bytes differ from byte ${at} on`)
  }
}

/**
 * A busy machine sends late what the command had timed well: six calls then span less, each time once. Six
 * calls a second instead of five would still be seen, since all of them span 833 ms.
 */
const STAMP_LAG_MS = 150
/** No machine is as late as this: six calls that span less were sent at once. */
const LONGEST_LAG_MS = 500

/** At most five calls to each endpoint in any second, as the server sees it; hardly one had to be refused. */
export function expectPolite(simulator: Simulator): void {
  const writes = simulator.calls.filter((call) => !['token', 'files/list'].includes(call.endpoint))
  for (const [endpoint, calls] of Map.groupBy(writes, (call) => call.endpoint)) {
    const arrivals = calls.toSorted((a, b) => a.atMs - b.atMs)
    // As far apart as they can have been: the first of six may have waited to be noticed.
    const spans = arrivals
      .slice(5)
      .map((last, index) => last.atMs - (arrivals[index]?.notBeforeMs ?? 0))
    const close = spans.filter((ms) => ms < 1_000 - STAMP_LAG_MS)
    expect(close.length, `six calls to ${endpoint} within ${close}`).toBeLessThanOrEqual(
      1 + Math.floor(spans.length / 10),
    )
    const shortest = Math.min(...spans)
    expect(shortest, `six calls to ${endpoint}`).toBeGreaterThanOrEqual(1_000 - LONGEST_LAG_MS)
  }
  // Calls that came late are followed too closely by those that did not.
  const mostRefusals = 1 + Math.floor(writes.length / 10)
  expect(simulator.rateRefusals, 'calls refused').toBeLessThanOrEqual(mostRefusals)
}
