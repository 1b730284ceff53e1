import type { SafeStorage } from 'electron'
import type { AppOptions, Surroundings } from '#main/app/app-options.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'

type SecretBox = NonNullable<AppOptions['keychain']>

/**
 * The prefix of what Chromium seals with a key that stands in its own source, on a Linux without a
 * keyring. macOS and Windows use it too, with keys of the system.
 */
const FIXED_KEY_PREFIX = 'v10'

export interface KeychainOptions {
  readonly safeStorage: Pick<SafeStorage, 'decryptStringAsync' | 'encryptStringAsync'>
  readonly platform: NodeJS.Platform
  /** Gives up: a keyring may be asking the person for a password for as long as they like. */
  readonly signal: AbortSignal
}

/** Seals secrets with the system's keychain. */
export class Keychain implements SecretBox {
  readonly #options: KeychainOptions
  #hasFixedKey = false

  constructor(options: KeychainOptions) {
    this.#options = options
  }

  /** As the sealed secrets show: no system tells in advance what it will use. */
  get storage(): Surroundings['keyStorage'] {
    return this.#hasFixedKey ? 'obfuscated' : 'system'
  }

  async seal(secret: string): Promise<string> {
    const bytes = await this.#ask(({ safeStorage }) => safeStorage.encryptStringAsync(secret))
    this.#lookAt(bytes)
    return bytes.toString('base64')
  }

  async open(sealed: string): Promise<string> {
    const bytes = Buffer.from(sealed, 'base64')
    this.#lookAt(bytes)
    return (await this.#ask(({ safeStorage }) => safeStorage.decryptStringAsync(bytes))).result
  }

  #lookAt(bytes: Buffer): void {
    const isFixed = bytes.subarray(0, FIXED_KEY_PREFIX.length).toString() === FIXED_KEY_PREFIX
    if (isFixed && this.#options.platform === 'linux') this.#hasFixedKey = true
  }

  /** @throws TransferError `keychain-missing` */
  async #ask<T>(question: (options: KeychainOptions) => Promise<T>): Promise<T> {
    const { signal } = this.#options
    const { promise: givenUp, reject } = Promise.withResolvers<never>()
    const giveUp = () => reject(signal.reason)
    signal.addEventListener('abort', giveUp)
    try {
      signal.throwIfAborted()
      return await Promise.race([question(this.#options), givenUp])
    } catch (cause) {
      throw new TransferError('keychain-missing', { cause })
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }
}
