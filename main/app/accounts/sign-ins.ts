import { randomUUID } from 'node:crypto'
import { openSignIn, type SignedIn, type SignIn } from '#main/feishu/auth/sign-in.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { NewApp } from '#main/store/account-store.ts'
import type { SignInView } from '#shared/contract/account-channels.ts'
import { errorInfo, infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import type { UserTokens } from '#shared/model/account.ts'
import { chooseScopes } from '#shared/permissions/choose-scopes.ts'
import type { Language } from '#shared/text/language.ts'
import type { AccountKeeper } from './account-keeper.ts'
import { grantable, rightsOf } from './app-rights.ts'
import { type ConnectionOptions, lineOf } from './connection-options.ts'

export interface SignInsOptions {
  readonly account: AccountKeeper
  readonly clock: Clock
  readonly log: HomeLog
  readonly way: (baseUrl: string) => Promise<ConnectionOptions>
  readonly language: () => Language
  /** Ports the browser may come back to; those registered for the app unless said. */
  readonly ports?: readonly number[] | undefined
  /** Opens the person's own browser, where the host can. */
  readonly openOutside?: ((url: string) => Promise<void>) | undefined
  readonly onChange: () => void
  /** Called when a person has signed in and is an account now. */
  readonly onSignedIn: (identity: string) => Promise<void>
  readonly onFault: (what: string, error: unknown) => void
}

/** Scopes asked for besides the usual: themselves, or chosen by what the app has and was granted. */
type FurtherScopes =
  | readonly string[]
  | ((ofApp: readonly string[] | undefined, granted: readonly string[]) => readonly string[])

type Line = ReturnType<typeof lineOf>

/** People signing in: one at a time, told live. */
export class SignIns {
  readonly #options: SignInsOptions
  #view: SignInView | null = null
  #stop: AbortController | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(options: SignInsOptions) {
    this.#options = options
  }

  get view(): SignInView | null {
    return this.#view
  }

  /**
   * Resolves once there is a page to open or a code to type in; one that was under way is cancelled.
   * @throws TransferError `sign-in-expired` when it is cancelled before that; whatever keeps it from beginning
   */
  async begin(
    method: SignInView['method'],
    app: NewApp,
    furtherScopes: FurtherScopes,
  ): Promise<SignInView> {
    const stop = new AbortController()
    const before = this.cancel()
    this.#stop = stop
    await before
    const { log, way, language, ports, clock } = this.#options
    const line = lineOf(await way(app.baseUrl), log)
    const scopes = await this.#scopes(app, furtherScopes, line, stop.signal)
    stop.signal.throwIfAborted()
    const signIn = openSignIn({
      app,
      baseUrl: app.baseUrl,
      scopes,
      language: language(),
      ...line,
      ...(ports !== undefined && { ports }),
      clock,
    })
    const shown = Promise.withResolvers<SignInView>()
    const id = randomUUID()
    const signedIn =
      method === 'browser'
        ? signIn.inBrowser((url) => shown.resolve(waiting(id, method, { url })), stop.signal)
        : signIn.withDevice(
            ({ userCode, pageWithCode, lifeMs }) =>
              shown.resolve(
                waiting(id, method, {
                  url: pageWithCode,
                  userCode,
                  expiresAtMs: clock.nowMs() + lifeMs,
                }),
              ),
            stop.signal,
          )
    this.#running = this.#follow(app, signedIn, signIn, stop, shown.promise)
    signedIn.catch(shown.reject)
    const view = await shown.promise
    this.#tell(view)
    if (method === 'browser' && view.url !== null) await this.#options.openOutside?.(view.url)
    return view
  }

  async cancel(): Promise<void> {
    this.#stop?.abort(new TransferError('sign-in-expired'))
    this.#stop = undefined
    await this.#running
    this.#tell(null)
  }

  close(): Promise<void> {
    return this.cancel()
  }

  /**
   * A sign-in replaces the one before, so what is asked for in addition comes on top of what was granted
   * already. Without anything further, and without word from Feishu about the app, it is the usual: that is the way
   * back when the app has lost a scope.
   */
  async #scopes(app: NewApp, further: FurtherScopes, line: Line, signal: AbortSignal) {
    const ofApp = grantable(await rightsOf(app, line, signal))
    const isUsual = typeof further !== 'function' && further.length === 0
    if (isUsual && ofApp === undefined) return chooseScopes({ ofApp })
    const { store } = this.#options.account
    const before = await store.grantedScopes(app.appId, parseBaseUrl(app.baseUrl).host)
    const added = typeof further === 'function' ? further(ofApp, before) : further
    return chooseScopes({ ofApp, granted: before, further: added })
  }

  async #follow(
    app: NewApp,
    signedIn: Promise<SignedIn>,
    signIn: SignIn,
    stop: AbortController,
    shown: Promise<SignInView>,
  ): Promise<void> {
    const { account, clock, onSignedIn, onFault } = this.#options
    try {
      const { person, tokens } = await signedIn
      const known = await account.store.addPerson(app, { person, tokens }, clock.nowMs())
      account.changed()
      const view = await shown
      const warning = warningAbout(tokens, clock.nowMs())
      const ended = { url: null, userCode: null, name: known.name, warning }
      // Done is said when the account acts with its new permissions: a page asks again at once.
      await onSignedIn(known.identity)
      this.#tell({ ...view, stage: 'done', ...ended })
    } catch (error) {
      if (stop.signal.aborted) return
      const view = await shown.catch(() => undefined)
      // The sign-in was not shown yet: its caller is told.
      if (view === undefined) return
      this.#tell({ ...view, stage: 'failed', error: infoOfThrown(error, clock.nowMs()) })
    } finally {
      await signIn.close().catch((error: unknown) => onFault('sign-in', error))
    }
  }

  #tell(view: SignInView | null): void {
    this.#view = view
    this.#options.onChange()
  }
}

/** A sign-in that ends by itself is said now, not when files have been queued for hours. */
function warningAbout({ refreshToken }: UserTokens, nowMs: number): SignInView['warning'] {
  if (refreshToken !== undefined) return null
  return errorInfo(new TransferError('sign-in-not-renewable'), nowMs)
}

function waiting(
  id: string,
  method: SignInView['method'],
  more: Partial<Pick<SignInView, 'url' | 'userCode' | 'expiresAtMs'>>,
): SignInView {
  return {
    id,
    method,
    stage: 'waiting',
    url: null,
    userCode: null,
    expiresAtMs: null,
    name: null,
    error: null,
    warning: null,
    ...more,
  }
}
