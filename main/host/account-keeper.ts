import { z } from 'zod'
import type { Credentials } from '#main/remote/feishu-api.ts'
import type { SecretBox } from '#main/store/secret-box.ts'
import type { SettingsFile } from '#main/store/settings-file.ts'
import type { Brand } from '#main/target/parse-destination.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { Account } from '#shared/ipc/app-channels.ts'
import type { RequestInput } from '#shared/ipc/contract.ts'

const PART = 'account'

const storedSchema = z
  .object({ appId: z.string(), brand: z.enum(['feishu', 'lark']), sealedSecret: z.string() })
  .nullable()
  .default(null)

/** Who uploads: given by the environment, or typed in by the person and kept sealed. */
export class AccountKeeper {
  readonly #file: SettingsFile
  readonly #box: SecretBox
  readonly #fromEnvironment: Credentials | undefined
  #stored: { readonly credentials: Credentials; readonly brand: Brand } | undefined

  constructor(file: SettingsFile, box: SecretBox, fromEnvironment: Credentials | undefined) {
    this.#file = file
    this.#box = box
    this.#fromEnvironment = fromEnvironment
  }

  /**
   * Reads what is kept. A secret that can not be opened (a locked keychain, a lost key) leaves us
   * without an account until the person signs in again; the queue is theirs to see all the same.
   * @returns why there is no account although one was kept
   */
  async load(): Promise<TransferError | undefined> {
    const stored = this.#file.read(PART, storedSchema)
    if (stored === null) return undefined
    const { appId, brand, sealedSecret } = stored
    try {
      const appSecret = await this.#box.open(sealedSecret)
      this.#stored = { credentials: { kind: 'app', appId, appSecret }, brand }
      return undefined
    } catch (error) {
      if (error instanceof TransferError) return error
      throw error
    }
  }

  get credentials(): Credentials | undefined {
    return this.#fromEnvironment ?? this.#stored?.credentials
  }

  get brand(): Brand {
    return (this.#fromEnvironment === undefined ? this.#stored?.brand : undefined) ?? 'feishu'
  }

  /** What a page may know. */
  get view(): Account {
    const { credentials, brand } = this
    const source = this.#fromEnvironment === undefined ? 'stored' : 'environment'
    if (credentials === undefined) return { kind: 'none', appId: null, brand, source: 'none' }
    const appId = credentials.kind === 'access-token' ? null : credentials.appId
    return { kind: credentials.kind === 'user' ? 'app' : credentials.kind, appId, brand, source }
  }

  /** @throws TransferError `account-fixed` */
  async set(account: RequestInput<'account.set'>['account']): Promise<void> {
    if (this.#fromEnvironment !== undefined) throw new TransferError('account-fixed')
    if (account === null) {
      this.#file.change(PART, storedSchema, () => null)
      this.#stored = undefined
      return
    }
    const { appId, appSecret, brand } = account
    const sealedSecret = await this.#box.seal(appSecret)
    this.#file.change(PART, storedSchema, () => ({ appId, brand, sealedSecret }))
    this.#stored = { credentials: { kind: 'app', appId, appSecret }, brand }
  }
}
