import { z } from 'zod'
import { TransferError } from '#shared/errors/transfer-error.ts'
import { appIdentity, type Person, type UserTokens, userIdentity } from '#shared/model/account.ts'
import type { SecretBox } from './secret-box.ts'
import { openSettings } from './settings-file.ts'
import { type OpenVault, openTokenVault } from './token-vault.ts'

/** An account as anybody may know it. */
export interface AccountRecord {
  /**
   * Owner of the transactions it resumes, and its name on the command line: `app:…` or `user:…`.
   */
  readonly identity: string
  readonly kind: 'app' | 'user'
  readonly appId: string
  readonly baseUrl: string
  /** The name that a person gives it. */
  readonly name: string
  readonly openId?: string | undefined
  readonly addedAtMs: number
}

/** The credentials that act for an account. */
type AccountCredentials =
  | { readonly kind: 'app'; readonly appId: string; readonly appSecret: string }
  | {
      readonly kind: 'user'
      readonly appId: string
      readonly appSecret: string
      readonly openId: string
      readonly vault: OpenVault
    }

export interface NewApp {
  readonly appId: string
  readonly appSecret: string
  readonly baseUrl: string
}

/** The accounts of a home. Secrets are sealed; any process may read and change them. */
export interface AccountStore {
  /** In the order they were added. */
  list(): readonly AccountRecord[]
  /** Returns the account that acts unless another is named. */
  inUse(): AccountRecord | undefined
  /** By identity. */
  get(identity: string): AccountRecord | undefined
  /** @throws TransferError `signed-out`, `secret-elsewhere`, `sign-in-damaged`, `settings-corrupt` */
  credentials(identity: string): Promise<AccountCredentials>
  /** The secret of an app that is kept, or that an account here belongs to. @throws TransferError as `credentials` */
  secretOf(appId: string, host: string): Promise<string | undefined>
  /**
   * Returns the scopes that people here have granted this app, as far as sign-ins can be read.
   * @param identity only this person; undefined: all of them
   */
  grantedScopes(appId: string, host: string, identity?: string): Promise<readonly string[]>
  /** Apps whose secret is kept although no account here belongs to them yet. */
  apps(): readonly Pick<NewApp, 'appId' | 'baseUrl'>[]
  /** Keeps the secret of an app that people will sign in to. Accounts of that app get it. */
  keepApp(app: NewApp): Promise<void>
  /** The app itself acts. One that is known gets the new secret. */
  addApp(app: NewApp, nowMs: number): Promise<AccountRecord>
  /** A person who has signed in to an app acts. One who is known gets the new tokens. */
  addPerson(
    app: NewApp,
    signedIn: { readonly person: Person; readonly tokens: UserTokens },
    nowMs: number,
  ): Promise<AccountRecord>
  use(identity: string): void
  rename(identity: string, name: string): void
  /** Signs out: secrets are gone. Transfers keep the name of their account. */
  remove(identity: string): void
}

const PART = 'accounts'

// Loose: what a later version wrote into an account is not lost when this one changes another.
const accountSchema = z.looseObject({
  identity: z.string().min(1),
  kind: z.enum(['app', 'user']),
  appId: z.string().min(1),
  baseUrl: z.string().min(1),
  name: z.string(),
  openId: z.string().min(1).optional(),
  sealedSecret: z.string().min(1),
  addedAtMs: z.number(),
})

const appSchema = accountSchema.pick({ appId: true, baseUrl: true, sealedSecret: true })

const accountsSchema = z
  .object({
    inUse: z.string().nullable(),
    known: z.array(accountSchema),
    apps: z.array(appSchema).default([]),
  })
  .default({ inUse: null, known: [], apps: [] })

type Stored = z.output<typeof accountSchema>
type Accounts = z.output<typeof accountsSchema>

export function openAccounts(home: string, box: SecretBox): AccountStore {
  const file = openSettings(home)
  const read = () => file.read(PART, accountsSchema)
  const change = (next: (accounts: Accounts) => Accounts) => file.change(PART, accountsSchema, next)
  const find = (identity: string) => read().known.find((each) => each.identity === identity)
  const vaultOf = (identity: string) => openTokenVault(home, identity, box)
  const put = (account: Stored) =>
    change(({ inUse, known, apps }) => {
      const before = known.find(({ identity }) => identity === account.identity)
      const { name, addedAtMs } = before ?? account
      const kept = { ...before, ...account, name, addedAtMs }
      const all = before ? known.map((each) => (each === before ? kept : each)) : [...known, kept]
      return {
        inUse: inUse ?? account.identity,
        // Feishu has just signed a person in with this secret, so it is that of the others as well.
        known: account.kind === 'user' ? all.map((each) => withSecretOf(each, account)) : all,
        // The account has the secret now.
        apps: apps.filter((each) => !isSameApp(each, account)),
      }
    })
  // An account that was removed meanwhile does not come back.
  const renew = (before: string, sealedSecret: string) =>
    change(({ known, ...others }) => ({
      ...others,
      known: known.map((each) => (each.sealedSecret === before ? { ...each, sealedSecret } : each)),
    }))
  return {
    list: () => read().known.map(recordOf),
    inUse() {
      const { inUse, known } = read()
      const account = known.find(({ identity }) => identity === inUse) ?? known[0]
      return account && recordOf(account)
    },
    get(identity) {
      const account = find(identity)
      return account && recordOf(account)
    },
    async credentials(identity) {
      const account = find(identity)
      if (account === undefined) throw new TransferError('signed-out', { detail: identity })
      const { kind, appId, openId } = account
      const appSecret = await box.open(account.sealedSecret, (sealedSecret) =>
        renew(account.sealedSecret, sealedSecret),
      )
      if (kind === 'app') return { kind, appId, appSecret }
      return { kind, appId, appSecret, openId: openId ?? '', vault: vaultOf(identity) }
    },
    async secretOf(appId, host) {
      const { known, apps } = read()
      const kept = [...apps, ...known].find(
        (each) => each.appId === appId && new URL(each.baseUrl).host === host,
      )
      return kept && (await box.open(kept.sealedSecret))
    },
    async grantedScopes(appId, host, identity) {
      const people = read().known.filter(
        (each) =>
          each.kind === 'user' &&
          (identity ?? each.identity) === each.identity &&
          each.appId === appId &&
          new URL(each.baseUrl).host === host,
      )
      const tokens = await Promise.all(
        people.map(({ identity }) => vaultOf(identity).read().catch(unlessDamaged)),
      )
      return [...new Set(tokens.flatMap((each) => each?.scopes ?? []))]
    },
    apps: () => read().apps.map(({ appId, baseUrl }) => ({ appId, baseUrl })),
    async keepApp({ appId, appSecret, baseUrl }) {
      const app = { appId, baseUrl, sealedSecret: await box.seal(appSecret) }
      change(({ apps, known, inUse }) => ({
        inUse,
        known: known.map((each) => withSecretOf(each, app)),
        apps: known.some((each) => isSameApp(each, app))
          ? apps
          : [...apps.filter((each) => !isSameApp(each, app)), app],
      }))
    },
    async addApp({ appId, appSecret, baseUrl }, nowMs) {
      const account: Stored = {
        identity: appIdentity(appId, new URL(baseUrl).host),
        kind: 'app',
        appId,
        baseUrl,
        name: appId,
        sealedSecret: await box.seal(appSecret),
        addedAtMs: nowMs,
      }
      put(account)
      return recordOf(find(account.identity) ?? account)
    },
    async addPerson({ appId, appSecret, baseUrl }, { person, tokens }, nowMs) {
      const account: Stored = {
        identity: userIdentity(person.openId, appId, new URL(baseUrl).host),
        kind: 'user',
        appId,
        baseUrl,
        name: person.name,
        openId: person.openId,
        sealedSecret: await box.seal(appSecret),
        addedAtMs: nowMs,
      }
      // Tokens first: an account without any could not act, and these can not be asked for again.
      await vaultOf(account.identity).write(tokens)
      put(account)
      return recordOf(find(account.identity) ?? account)
    },
    use: (identity) => change((accounts) => ({ ...accounts, inUse: identity })),
    rename: (identity, name) =>
      change(({ known, ...others }) => ({
        ...others,
        known: known.map((each) => (each.identity === identity ? { ...each, name } : each)),
      })),
    remove(identity) {
      vaultOf(identity).forget()
      change(({ inUse, known, apps }) => ({
        apps,
        inUse: inUse === identity ? null : inUse,
        known: known.filter((each) => each.identity !== identity),
      }))
    },
  }
}

function isSameApp(
  a: Pick<NewApp, 'appId' | 'baseUrl'>,
  b: Pick<NewApp, 'appId' | 'baseUrl'>,
): boolean {
  return a.appId === b.appId && new URL(a.baseUrl).host === new URL(b.baseUrl).host
}

/** An app has one secret: accounts of the same app get a new one together. */
function withSecretOf(account: Stored, app: z.output<typeof appSchema>): Stored {
  return isSameApp(account, app) ? { ...account, sealedSecret: app.sealedSecret } : account
}

function unlessDamaged(error: unknown): undefined {
  if (!(error instanceof TransferError)) throw error
}

function recordOf({ sealedSecret: _, ...account }: Stored): AccountRecord {
  const { identity, kind, appId, baseUrl, name, openId, addedAtMs } = account
  return { identity, kind, appId, baseUrl, name, openId, addedAtMs }
}
