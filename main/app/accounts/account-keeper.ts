import { type Credentials, identityOf } from '#main/feishu/credentials.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import type { AccountRecord, AccountStore } from '#main/store/account-store.ts'
import type { AccountList, AccountView } from '#shared/contract/account-channels.ts'
import type { Account } from '#shared/contract/app-channels.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { API_URLS, type Brand, brandOfUrl, REDIRECT_ADDRESSES } from '#shared/model/account.ts'

/** An account that can act, or the reason it cannot. */
export interface Member {
  readonly identity: string
  readonly baseUrl: string
  /** Takes transfers that name no account. */
  readonly orNone: boolean
  /** Credentials for the occasion, kept nowhere. */
  readonly isOfEnvironment: boolean
  credentials(): Promise<Credentials>
}

export interface AccountKeeperOptions {
  readonly store: AccountStore
  readonly fromEnvironment: Credentials | undefined
  /** A host that was given by hand, for credentials of the environment and new accounts. */
  readonly baseUrl: string | undefined
  /** The account that acts, whichever is in use. */
  readonly acting?: string | undefined
}

/** The accounts that upload: given by the environment, or signed in here and kept sealed. */
export class AccountKeeper {
  readonly #options: AccountKeeperOptions
  #revision = 0
  #seen: readonly Member[] = []

  constructor(options: AccountKeeperOptions) {
    this.#options = options
  }

  get store(): AccountStore {
    return this.#options.store
  }

  /** Rises with every change. */
  get revision(): number {
    return this.#revision
  }

  changed(): void {
    this.#revision += 1
    this.#seen = this.members()
  }

  /** Tells if other accounts may act than when this was asked last, whichever process changed that. */
  hasChanged(): boolean {
    const before = this.#seen
    const now = this.members()
    const isSame = (member: Member, index: number) =>
      before[index]?.identity === member.identity && before[index].orNone === member.orNone
    if (now.length === before.length && now.every(isSame)) return false
    this.changed()
    return true
  }

  /** All who may act, the one in use leading. */
  members(): Member[] {
    const { store } = this.#options
    const own = this.#environment
    const inUse = this.#options.acting ?? store.inUse()?.identity
    const stored = store.list().map(({ identity, baseUrl }) => ({
      identity,
      baseUrl,
      orNone: own === undefined && identity === inUse,
      isOfEnvironment: false,
      credentials: () => store.credentials(identity),
    }))
    const others = stored.filter(({ identity }) => identity !== own?.identity)
    const leading = own === undefined ? [] : [own]
    return [...leading, ...others.toSorted((a, b) => Number(b.orNone) - Number(a.orNone))]
  }

  get hasAny(): boolean {
    return this.members().length > 0
  }

  /** New transfers are marked with it; credentials of the environment leave no mark. */
  get defaultAccount(): string | undefined {
    if (this.#environment !== undefined) return undefined
    return this.#options.store.inUse()?.identity
  }

  /** @throws TransferError `account-unknown`, `account-fixed` */
  known(identity: string): string {
    if (this.#environment?.identity === identity) throw new TransferError('account-fixed')
    if (this.#options.store.get(identity) !== undefined) return identity
    throw new TransferError('account-unknown', { detail: identity })
  }

  /** The server of the one in use. */
  get baseUrl(): string {
    return this.members()[0]?.baseUrl ?? this.baseUrlFor('feishu')
  }

  /** The brand of the one in use. */
  get brand(): Brand {
    const [first] = this.members()
    return first === undefined ? 'feishu' : brandOfUrl(first.baseUrl)
  }

  /** Returns the brand whose pages a transfer's links lead to. */
  brandFor(account: string | undefined): Brand {
    const record = account === undefined ? undefined : this.#options.store.get(account)
    return record === undefined ? this.brand : brandOfUrl(record.baseUrl)
  }

  baseUrlFor(brand: Brand): string {
    return this.#options.baseUrl ?? API_URLS[brand]
  }

  /** The one in use, as a page may know it. */
  get view(): Account {
    const [first] = this.list.accounts
    if (first === undefined) return { kind: 'none', appId: null, brand: 'feishu', source: 'none' }
    const { kind, appId, brand, source } = first
    return { kind, appId, brand, source }
  }

  /** All of them, the one in use leading. */
  get list(): AccountList {
    const { store, fromEnvironment } = this.#options
    const accounts = this.members().map(({ identity, baseUrl }, index): AccountView => {
      const record = store.get(identity)
      const isOwn = index === 0 && fromEnvironment !== undefined
      return {
        ...(record === undefined || isOwn ? ofEnvironment(fromEnvironment) : ofStore(record)),
        identity,
        brand: brandOfUrl(baseUrl),
        host: parseBaseUrl(baseUrl).host,
        isInUse: index === 0,
      }
    })
    const apps = store.apps().map(({ appId, baseUrl }) => ({ appId, brand: brandOfUrl(baseUrl) }))
    return { accounts, redirectAddresses: REDIRECT_ADDRESSES, apps }
  }

  nameOf(identity: string): string {
    return this.list.accounts.find((account) => account.identity === identity)?.name ?? identity
  }

  get #environment(): Member | undefined {
    const { fromEnvironment, baseUrl = API_URLS.feishu } = this.#options
    if (fromEnvironment === undefined) return undefined
    return {
      identity: identityOf(fromEnvironment, parseBaseUrl(baseUrl).host),
      baseUrl,
      orNone: true,
      isOfEnvironment: true,
      credentials: async () => fromEnvironment,
    }
  }
}

function ofStore({ kind, name, appId }: AccountRecord) {
  return { kind, name, appId, source: 'stored' } as const
}

function ofEnvironment(credentials: Credentials | undefined) {
  const appId =
    credentials === undefined || credentials.kind === 'access-token' ? null : credentials.appId
  const kind = appId === null ? ('access-token' as const) : ('app' as const)
  return { kind, name: appId ?? 'FEIDI_ACCESS_TOKEN', appId, source: 'environment' } as const
}
