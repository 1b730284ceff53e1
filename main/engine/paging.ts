import { TransferError } from '#shared/errors/transfer-error.ts'

/** A folder has at most 1,500 children (云空间概述), which is eight pages. */
export const MOST_FOLDER_PAGES = 50
/** More than any table or document has. */
export const MOST_PAGES = 1_000

/** Turns the pages of a list, and knows when they lead nowhere. */
export class Paging {
  readonly #endpoint: string | undefined
  readonly #most: number
  readonly #seen = new Set<string>()

  constructor(most: number, endpoint?: string) {
    this.#most = most
    this.#endpoint = endpoint
  }

  /**
   * @param nextPageToken what a page says comes after it; undefined for the last
   * @throws TransferError `bad-response` when that page was there before, or the list does not end
   */
  turn(nextPageToken: string | undefined): string | undefined {
    if (nextPageToken === undefined) return undefined
    if (this.#seen.has(nextPageToken)) throw this.#error('a page that was there before')
    this.#seen.add(nextPageToken)
    if (this.#seen.size >= this.#most) throw this.#error(`more than ${this.#most} pages`)
    return nextPageToken
  }

  #error(detail: string): TransferError {
    const endpoint = this.#endpoint
    return new TransferError('bad-response', {
      detail,
      ...(endpoint !== undefined && { endpoint }),
    })
  }
}
