import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '#main/lib/write-whole.ts'

const ownerSchema = z.object({
  pid: z.number().int(),
  /**
   * The program that was started, as a person knows it: `feidi watch`, `Feidi desktop`. Never its
   * arguments.
   */
  command: z.string(),
  startedAtMs: z.number(),
  version: z.string(),
  /** The address where its web page or API listens, without any token. */
  reachAt: z.string().exactOptional(),
})

/** The process that has a home in use, as it described itself. */
export type HomeOwner = z.output<typeof ownerSchema>

/**
 * Returns the process that wrote `owner.json` last; undefined when it is absent or unreadable. It
 * may be long dead.
 */
export function readOwnerFile(home: string): HomeOwner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(ownerFile(home), 'utf8')))
  } catch {
    // It only ever improves a message; the lock alone decides.
    return undefined
  }
}

/** Only for who holds the lock. */
export function writeOwnerFile(home: string, owner: HomeOwner): void {
  writeWhole(ownerFile(home), `${JSON.stringify(owner)}\n`)
}

/** Says that the home was left in good order. */
export function removeOwnerFile(home: string): void {
  rmSync(ownerFile(home), { force: true })
}

export function ownerFile(home: string): string {
  return join(home, 'owner.json')
}
