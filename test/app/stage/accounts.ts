import type {
  AccountList,
  AccountView,
  RegistrationView,
  SignInView,
} from '#shared/contract/account-channels.ts'
import type { RequestOutput } from '#shared/contract/contract.ts'
import { REDIRECT_ADDRESSES } from '#shared/model/account.ts'
import { SIGN_IN_SCOPES } from '#shared/permissions/choose-scopes.ts'
import { PURPOSE_NAMES, scopesOf } from '#shared/permissions/scope-groups.ts'
import type { StageHandlers } from './fixed-answers.ts'

export const APP_ACCOUNT: AccountView = {
  identity: 'app:cli_a5ca35a685b0x26e@open.feishu.cn',
  kind: 'app',
  name: 'cli_a5ca35a685b0x26e',
  appId: 'cli_a5ca35a685b0x26e',
  brand: 'feishu',
  host: 'open.feishu.cn',
  source: 'stored',
  isInUse: true,
}

export const PERSON: AccountView = {
  ...APP_ACCOUNT,
  identity: 'user:ou_lin@cli_a5ca35a685b0x26e@open.feishu.cn',
  kind: 'user',
  name: '林晓',
}

/** Created by a scan. */
const NEW_APP = 'cli_a9f3c27d5e80b01c'

/** The accounts that are signed in on the staged host. */
export class StagedAccounts {
  /** Signing out ends with this from now on. */
  warningOfSignOut: RequestOutput<'accounts.remove'>['warning'] = null
  /** Of every account. */
  permissions: RequestOutput<'accounts.permissions'> = {
    granted: SIGN_IN_SCOPES,
    ofApp: scopesOf(PURPOSE_NAMES),
  }
  readonly #nowMs: number
  #known: AccountView[]
  readonly #apps: { appId: string; brand: 'feishu' | 'lark' }[] = []

  constructor(known: readonly AccountView[], nowMs: number) {
    this.#known = [...known]
    this.#nowMs = nowMs
  }

  /** Handles the return of a person from the browser. */
  arrived(): void {
    const isKnown = this.#known.some(({ identity }) => identity === PERSON.identity)
    if (!isKnown) this.#known.push({ ...PERSON, isInUse: false })
  }

  signInView(method: SignInView['method'], more: Partial<SignInView> = {}): SignInView {
    return {
      id: 'sign-in-1',
      method,
      stage: 'waiting',
      url: 'https://accounts.feishu.cn/open-apis/authen/v1/authorize?client_id=cli_demo',
      userCode: method === 'device' ? 'WDJB-MJHT' : null,
      expiresAtMs: method === 'device' ? this.#nowMs + 240_000 : null,
      name: null,
      error: null,
      expected: null,
      canKeep: false,
      warning: null,
      ...more,
    }
  }

  registrationView(more: Partial<RegistrationView> = {}): RegistrationView {
    return {
      id: 'registration-1',
      stage: 'waiting',
      url: 'https://open.feishu.cn/page/launcher?user_code=WDJB-MJHT',
      expiresAtMs: this.#nowMs + 600_000,
      app: null,
      error: null,
      ...more,
    }
  }

  get list(): AccountList {
    const known = this.#known.toSorted((a, b) => Number(b.isInUse) - Number(a.isInUse))
    return {
      accounts: known,
      redirectAddresses: REDIRECT_ADDRESSES,
      apps: this.#apps,
    }
  }

  get #inUse(): RequestOutput<'account.get'> {
    const [first] = this.list.accounts
    if (first === undefined) return { kind: 'none', appId: null, brand: 'feishu', source: 'none' }
    const { kind, appId, brand, source } = first
    return { kind, appId, brand, source }
  }

  readonly handlers = {
    'account.get': () => this.#inUse,
    'accounts.list': () => this.list,
    'accounts.add-app': ({ appId, brand }) => {
      const host = brand === 'lark' ? 'open.larksuite.com' : 'open.feishu.cn'
      this.#known.push({
        ...{ identity: `app:${appId}@${host}`, kind: 'app', name: appId, appId, brand, host },
        ...{ source: 'stored', isInUse: this.#known.length === 0 },
      })
      return this.list
    },
    'accounts.sign-in': ({ method }) => ({ signIn: this.signInView(method) }),
    'accounts.grant': ({ method }) => ({ signIn: this.signInView(method) }),
    'accounts.permissions': () => this.permissions,
    'accounts.register': () => ({ registration: this.registrationView() }),
    'accounts.keep-registered': () => {
      this.#apps.push({ appId: NEW_APP, brand: 'feishu' })
      return this.list
    },
    'accounts.cancel-registration': () => ({}),
    'accounts.keep-signed-in': () => this.list,
    'accounts.cancel-sign-in': () => ({}),
    'accounts.use': ({ identity }) => {
      this.#known = this.#known.map((each) => ({ ...each, isInUse: each.identity === identity }))
      return this.list
    },
    'accounts.rename': ({ identity, name }) => {
      this.#known = this.#known.map((each) =>
        each.identity === identity ? { ...each, name } : each,
      )
      return this.list
    },
    'accounts.remove': ({ identity }) => {
      this.#known = this.#known.filter((each) => each.identity !== identity)
      return { ...this.list, warning: this.warningOfSignOut }
    },
  } satisfies Partial<StageHandlers>
}
