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
  /** Secrets that are sealed with the fixed key. */
  readonly #weak = new Set<string>()

  constructor(options: KeychainOptions) {
    this.#options = options
  }

  /** As the sealed secrets show: no system tells in advance what it will use. */
  get storage(): Surroundings['keyStorage'] {
    return this.#weak.size > 0 ? 'obfuscated' : 'system'
  }

  async seal(secret: string): Promise<string> {
    const bytes = await this.#ask(({ safeStorage }) => safeStorage.encryptStringAsync(secret))
    const sealed = bytes.toString('base64')
    this.#lookAt(sealed, bytes)
    return sealed
  }

  async open(sealed: string, renew: (sealed: string) => void = () => {}): Promise<string> {
    const bytes = Buffer.from(sealed, 'base64')
    this.#lookAt(sealed, bytes)
    const { result, shouldReEncrypt } = await this.#ask(({ safeStorage }) =>
      safeStorage.decryptStringAsync(bytes),
    )
    if (shouldReEncrypt) await this.#renew(sealed, result, renew)
    return result
  }

  /** Seals with the better key. A failure harms nothing: the next start tries it again. */
  async #renew(before: string, secret: string, renew: (sealed: string) => void): Promise<void> {
    try {
      renew(await this.seal(secret))
      this.#weak.delete(before)
    } catch {
      // It stays as it was.
    }
  }

  #lookAt(sealed: string, bytes: Buffer): void {
    const isFixed = bytes.subarray(0, FIXED_KEY_PREFIX.length).toString() === FIXED_KEY_PREFIX
    if (isFixed && this.#options.platform === 'linux') this.#weak.add(sealed)
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
