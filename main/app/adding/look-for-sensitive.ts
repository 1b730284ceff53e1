import { findSources } from '#main/engine/find-sources.ts'
import { HeldBack } from '#main/engine/held-back.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import type { SensitiveFile } from '#shared/model/sensitive.ts'

/** A folder that takes longer is not looked through to the end: what is in it is held back all the same. */
const LONGEST_MS = 3_000
/** Named, so that a person knows what they are asked about. */
const MOST_NAMED = 5

/** Returns which of these files a person is asked about before their upload. Queues nothing. */
export async function lookForSensitive(
  paths: readonly string[],
  clock: Clock,
): Promise<RequestOutput<'queue.sensitive'>> {
  const found: SensitiveFile[] = []
  const note = async (files: readonly SensitiveFile[]) => {
    found.push(...files)
    // A whole home need not be looked into: it is asked about as such.
    return false
  }
  // The destination does not matter for what the files are.
  const destination = { kind: 'folder', folderToken: '' } as const
  const signal = AbortSignal.timeout(LONGEST_MS)
  const find = { clock, destination, signal, maySend: note }
  const held = new HeldBack(find)
  try {
    for await (const item of findSources(await held.withoutHomes(paths), find)) {
      await held.holds(item)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  await held.settle()
  return { count: found.length, named: found.slice(0, MOST_NAMED) }
}
