import type { CallContext, FolderCalls, RemoteFile } from '#main/engine/ports.ts'
import type { Clock } from '#main/lib/clock.ts'
import { isRecent } from '#main/lib/pause.ts'

/**
 * The largest age of a listing that decides about equal file names: others work in the folder too.
 */
const LISTING_FRESH_MS = 10_000

/**
 * A listing may lag behind the write (Feishu says nothing of it), so what we brought there ourselves
 * counts as there for so long, also when a listing does not have it.
 */
export const LISTING_LAG_MS = 15_000

/** Folders whose listing is kept in memory; each has 1,500 children at most. */
const MOST_LISTINGS = 200

interface DatedListing {
  readonly files: readonly RemoteFile[]
  /** When it was asked for: by the wall clock, and by the steady one. */
  readonly takenAtMs: number
  readonly steadyMs: number
  /** It decides about nothing any more. */
  readonly isDropped?: true
}

/** Runs a piece of work while no one else looks at or changes the folder. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** Told of each look at all that is in a folder. */
type OnLook = (
  folderToken: string,
  seen: { readonly files: readonly RemoteFile[]; readonly askedAtMs: number },
  context: CallContext,
) => void

interface Brought {
  readonly file: RemoteFile
  readonly atMs: number
}

/**
 * The contents of remote folders: listed at intervals, with the files we bring there added at once.
 */
export class FolderListings {
  readonly #calls: Pick<FolderCalls, 'listFolder'>
  readonly #clock: Clock
  readonly #onLook: OnLook
  readonly #listings = new Map<string, DatedListing>()
  readonly #brought = new Map<string, Brought[]>()

  constructor(calls: Pick<FolderCalls, 'listFolder'>, clock: Clock, onLook: OnLook) {
    this.#calls = calls
    this.#clock = clock
    this.#onLook = onLook
  }

  /**
   * Returns the files listed at most `LISTING_FRESH_MS` ago, and those we have brought there since.
   */
  async fresh(folderToken: string, context: CallContext): Promise<readonly RemoteFile[]> {
    const listing = this.#listings.get(folderToken)
    const isFresh =
      listing !== undefined &&
      !listing.isDropped &&
      isRecent(listing.takenAtMs, this.#clock.nowMs(), LISTING_FRESH_MS)
    const files = isFresh ? listing.files : await this.look(folderToken, context)
    return this.#withBrought(folderToken, files)
  }

  /**
   * Returns the files that were there at that time or later. One look serves all waiting callers,
   * and comes at least `LISTING_FRESH_MS` after the previous one.
   * @param sinceMs on the steady clock, usually in the future
   */
  async since(
    folderToken: string,
    sinceMs: number,
    context: CallContext,
    inTurn: InTurn,
  ): Promise<readonly RemoteFile[]> {
    for (;;) {
      const listing = this.#listings.get(folderToken)
      if (listing !== undefined && listing.steadyMs >= sinceMs) return listing.files
      const pauseMs = this.#untilLookMs(folderToken, sinceMs)
      if (pauseMs > 0) {
        await this.#clock.sleep(pauseMs, context.stopping)
      } else {
        await inTurn(async () => {
          // Another may have looked while this one waited for its turn.
          if (this.#untilLookMs(folderToken, sinceMs) <= 0) await this.look(folderToken, context)
        })
      }
    }
  }

  /** Returns the files that are there now, according to Feishu. */
  async look(folderToken: string, context: CallContext): Promise<readonly RemoteFile[]> {
    const askedAtMs = this.#clock.nowMs()
    const steadyMs = this.#clock.steadyMs()
    const files = await this.#calls.listFolder(folderToken, context)
    this.#keep(folderToken, { files, takenAtMs: askedAtMs, steadyMs })
    this.#onLook(folderToken, { files, askedAtMs }, context)
    return files
  }

  /** We have brought a file or folder there, or given one new content. */
  brought(folderToken: string, file: RemoteFile): void {
    const atMs = this.#clock.nowMs()
    const recent = (this.#brought.get(folderToken) ?? []).filter(
      (other) => other.file.token !== file.token && isRecent(other.atMs, atMs, LISTING_LAG_MS),
    )
    this.#brought.set(folderToken, [...recent, { file, atMs }])
  }

  /**
   * Notes a folder that we made. No one else knows of it yet: it is known to be empty without a
   * look.
   */
  made(folderToken: string, context: CallContext): void {
    const seen = { files: [], askedAtMs: this.#clock.nowMs() }
    const steadyMs = this.#clock.steadyMs()
    this.#keep(folderToken, { files: seen.files, takenAtMs: seen.askedAtMs, steadyMs })
    this.#onLook(folderToken, seen, context)
  }

  /** Invalidates the listing of a folder. */
  drop(folderToken: string): void {
    const listing = this.#listings.get(folderToken)
    if (listing !== undefined) this.#listings.set(folderToken, { ...listing, isDropped: true })
  }

  /** Folders were moved or deleted: nothing that was seen, or brought, counts. */
  clear(): void {
    this.#listings.clear()
    this.#brought.clear()
  }

  /** Returns the time until a look that shows the state at that time and keeps its distance. */
  #untilLookMs(folderToken: string, sinceMs: number): number {
    const lastMs = this.#listings.get(folderToken)?.steadyMs ?? -LISTING_FRESH_MS
    return Math.max(sinceMs, lastMs + LISTING_FRESH_MS) - this.#clock.steadyMs()
  }

  #withBrought(folderToken: string, files: readonly RemoteFile[]): readonly RemoteFile[] {
    const nowMs = this.#clock.nowMs()
    const recent = (this.#brought.get(folderToken) ?? []).filter(({ atMs }) =>
      isRecent(atMs, nowMs, LISTING_LAG_MS),
    )
    if (recent.length === 0) {
      this.#brought.delete(folderToken)
      return files
    }
    const listed = new Set(files.map(({ token }) => token))
    return [...files, ...recent.map(({ file }) => file).filter(({ token }) => !listed.has(token))]
  }

  #keep(folderToken: string, listing: DatedListing): void {
    this.#listings.delete(folderToken)
    const oldest = this.#listings.keys().next().value
    if (this.#listings.size >= MOST_LISTINGS && oldest !== undefined) this.#listings.delete(oldest)
    this.#listings.set(folderToken, listing)
  }
}
