import { randomUUID } from 'node:crypto'
import { openSignIn, type SignedIn, type SignIn } from '#main/feishu/auth/sign-in.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { HomeLog } from '#main/lib/log/open-log.ts'
import type { AccountRecord, NewApp } from '#main/store/account-store.ts'
import type { SignInView } from '#shared/contract/account-channels.ts'
import { errorInfo, infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import type { UserTokens } from '#shared/model/account.ts'
import { chooseScopes } from '#shared/permissions/choose-scopes.ts'
import type { Language } from '#shared/text/language.ts'
import type { AccountKeeper } from './account-keeper.ts'
import { grantable, rightsOf } from './app-rights.ts'
import { type ConnectionOptions, lineOf } from './connection-options.ts'
import { forgetSignIn, isSamePerson, knownAs } from './other-person.ts'

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

/** A sign-in of someone else than expected, which is in memory only until a person decides. */
interface Held {
  readonly app: NewApp
  readonly signedIn: SignedIn
  readonly line: Line
}

/** People signing in: one at a time, told live. */
export class SignIns {
  readonly #options: SignInsOptions
  #view: SignInView | null = null
  #held: Held | undefined
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
   * @param expected the account that signs in again; anyone else is kept only if the person wants that
   * @throws TransferError `sign-in-expired` when it is cancelled before that; whatever keeps it from beginning
   */
  async begin(
    method: SignInView['method'],
    app: NewApp,
    furtherScopes: FurtherScopes,
    expected?: AccountRecord,
  ): Promise<SignInView> {
    const stop = new AbortController()
    const before = this.cancel()
    this.#stop = stop
    await before
    const { log, way, language, ports, clock } = this.#options
    const line = lineOf(await way(app.baseUrl), log)
    const scopes = await this.#scopes(app, furtherScopes, line, stop.signal, expected)
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
    const waiting = (more: Partial<SignInView>) => waitingFor(id, method, expected, more)
    const signedIn =
      method === 'browser'
        ? signIn.inBrowser((url) => shown.resolve(waiting({ url })), stop.signal)
        : signIn.withDevice(
            ({ userCode, pageWithCode, lifeMs }) =>
              shown.resolve(
                waiting({ url: pageWithCode, userCode, expiresAtMs: clock.nowMs() + lifeMs }),
              ),
            stop.signal,
          )
    this.#running = this.#follow({ app, line, expected }, signedIn, signIn, stop, shown.promise)
    signedIn.catch(shown.reject)
    const view = await shown.promise
    this.#tell(view)
    if (method === 'browser' && view.url !== null) await this.#options.openOutside?.(view.url)
    return view
  }

  /** Ends it. A sign-in of someone else than expected is forgotten. */
  async cancel(): Promise<void> {
    this.#stop?.abort(new TransferError('sign-in-expired'))
    this.#stop = undefined
    await this.#running
    const held = this.#held
    this.#held = undefined
    this.#tell(null)
    if (held === undefined) return
    const { app, signedIn, line } = held
    await forgetSignIn(this.#options.account.store, app, signedIn, line)
  }

  /**
   * Keeps someone else than expected as an account of their own.
   * @throws TransferError `sign-in-expired` when no one waits to be kept
   */
  async keep(id: string): Promise<void> {
    const held = this.#held
    const view = this.#view
    if (held === undefined || view?.id !== id || !view.canKeep)
      throw new TransferError('sign-in-expired')
    this.#held = undefined
    await this.#keep(held.app, held.signedIn, view)
  }

  close(): Promise<void> {
    return this.cancel()
  }

  /**
   * A sign-in replaces the one before, so what is asked for in addition comes on top of what was granted
   * already. Without anything further, and without word from Feishu about the app, it is the usual: that is the way
   * back when the app has lost a scope.
   */
  async #scopes(
    app: NewApp,
    further: FurtherScopes,
    line: Line,
    signal: AbortSignal,
    expected: AccountRecord | undefined,
  ) {
    const ofApp = grantable(await rightsOf(app, line, signal))
    const isUsual = typeof further !== 'function' && further.length === 0
    if (isUsual && ofApp === undefined) return chooseScopes({ ofApp })
    const { store } = this.#options.account
    const { host } = parseBaseUrl(app.baseUrl)
    const before = await store.grantedScopes(app.appId, host, expected?.identity)
    const added = typeof further === 'function' ? further(ofApp, before) : further
    return chooseScopes({ ofApp, granted: before, further: added })
  }

  async #follow(
    {
      app,
      line,
      expected,
    }: Omit<Held, 'signedIn'> & { readonly expected?: AccountRecord | undefined },
    signedIn: Promise<SignedIn>,
    signIn: SignIn,
    stop: AbortController,
    shown: Promise<SignInView>,
  ): Promise<void> {
    const { account, clock, onFault } = this.#options
    try {
      const came = await signedIn
      const view = await shown
      if (expected === undefined || isSamePerson(expected, app, came)) {
        await this.#keep(app, came, view)
        return
      }
      this.#held = { app, signedIn: came, line }
      const { name } = came.person
      const canKeep = knownAs(account.store, app, came) === undefined
      const nothingToOpen = { url: null, userCode: null, expiresAtMs: null }
      this.#tell({ ...view, ...nothingToOpen, stage: 'other-person', name, canKeep })
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

  async #keep(app: NewApp, { person, tokens }: SignedIn, view: SignInView): Promise<void> {
    const { account, clock, onSignedIn } = this.#options
    const known = await account.store.addPerson(app, { person, tokens }, clock.nowMs())
    account.changed()
    const warning = warningAbout(tokens, clock.nowMs())
    const ended = { url: null, userCode: null, name: known.name, warning }
    // Done is said when the account acts with its new permissions: a page asks again at once.
    await onSignedIn(known.identity)
    this.#tell({ ...view, stage: 'done', ...ended })
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

function waitingFor(
  id: string,
  method: SignInView['method'],
  expected: AccountRecord | undefined,
  more: Partial<SignInView>,
): SignInView {
  return {
    id,
    method,
    stage: 'waiting',
    url: null,
    userCode: null,
    expiresAtMs: null,
    name: null,
    expected: expected?.name ?? null,
    canKeep: false,
    error: null,
    warning: null,
    ...more,
  }
}
