import { randomBytes } from 'node:crypto'

/** Makes tokens of the platform's length (27) that differ between simulators and count up within one. */
export class TokenMint {
  readonly #instance = randomBytes(4).toString('hex')
  #count = 0

  /** A token such as `boxcn…`. Clients must not read anything into the prefix. */
  next(prefix: string): string {
    const number = String(++this.#count)
    return `${prefix}${this.#instance}${number.padStart(27 - prefix.length - 8, '0')}`
  }

  /** Nineteen digits: more than a double holds exactly, as on the platform. */
  nextUploadId(): string {
    return String(
      7_111_000_000_000_000_000n +
        BigInt(randomBytes(4).readUInt32BE()) * 1_000_000n +
        BigInt(++this.#count),
    )
  }
}
