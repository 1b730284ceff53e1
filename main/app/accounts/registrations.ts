import { randomUUID } from 'node:crypto'
import {
  type RegisteredApp,
  type RegistrationLink,
  registerApp,
} from '#main/feishu/auth/register-app.ts'
import type { LineOptions } from '#main/feishu/http/open-line.ts'
import type { Clock } from '#main/lib/clock.ts'
import type { NewApp } from '#main/store/account-store.ts'
import type { AppRights, RegistrationView } from '#shared/contract/account-channels.ts'
import { infoOfThrown, TransferError } from '#shared/errors/transfer-error.ts'
import type { Brand } from '#shared/model/account.ts'
import { PURPOSE_NAMES, scopesOf } from '#shared/permissions/scope-groups.ts'
import { rightsOf } from './app-rights.ts'

/** The name that Feishu's page proposes for the app. */
const APP_NAME = 'Feidi'

/** An app that a person has just created, and what it may do; it is kept once they agree. */
export interface FoundApp extends NewApp {
  readonly brand: Brand
  readonly rights: AppRights
}

/**
 * Has an app created by a scan, and asks Feishu what it may do.
 * @throws TransferError `registration-unavailable`, `registration-denied`, `registration-expired`
 */
export async function createAppByScan(
  line: Omit<LineOptions, 'baseUrl'>,
  baseUrls: Readonly<Record<Brand, string>>,
  onLink: (link: RegistrationLink) => void,
  signal: AbortSignal,
): Promise<FoundApp> {
  // All that Feidi may need for people, so that each of them grants what they use without an admin.
  const scopes = scopesOf(PURPOSE_NAMES)
  const options = { ...line, baseUrls, scopes, name: APP_NAME }
  const { app, brand }: RegisteredApp = await registerApp(options, onLink, signal)
  const found = { ...app, baseUrl: baseUrls[brand] }
  const rights = await rightsOf(found, line, signal)
  return {
    ...found,
    brand,
    rights: { asPerson: rights?.asPerson ?? null, asApp: rights?.asApp ?? null },
  }
}

export interface RegistrationsOptions {
  readonly clock: Clock
  readonly line: () => Promise<Omit<LineOptions, 'baseUrl'>>
  readonly baseUrlFor: (brand: Brand) => string
  readonly onChange: () => void
}

/** Apps being created by a scan: one at a time, told live. Their secrets stay here. */
export class Registrations {
  readonly #options: RegistrationsOptions
  #view: RegistrationView | null = null
  #found: FoundApp | undefined
  #stop: AbortController | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(options: RegistrationsOptions) {
    this.#options = options
  }

  get view(): RegistrationView | null {
    return this.#view
  }

  /**
   * Resolves once there is a link to scan; one that was under way is cancelled.
   * @throws TransferError `registration-unavailable` when Feishu does not answer as expected
   */
  async begin(): Promise<RegistrationView> {
    const stop = new AbortController()
    const before = this.cancel()
    this.#stop = stop
    await before
    const { line, baseUrlFor } = this.#options
    const way = await line()
    stop.signal.throwIfAborted()
    const shown = Promise.withResolvers<RegistrationView>()
    const baseUrls = { feishu: baseUrlFor('feishu'), lark: baseUrlFor('lark') }
    const created = createAppByScan(
      way,
      baseUrls,
      (link) => shown.resolve(this.#waiting(link)),
      stop.signal,
    )
    created.catch(shown.reject)
    this.#running = this.#follow(created, stop, shown.promise)
    const view = await shown.promise
    this.#tell(view)
    return view
  }

  /** Returns the app that the person has agreed to. @throws TransferError `registration-expired` when there is none */
  take(id: string): FoundApp {
    const found = this.#found
    if (found === undefined || this.#view?.id !== id) {
      throw new TransferError('registration-expired')
    }
    this.#found = undefined
    this.#tell(null)
    return found
  }

  /** Ends it. A secret that was not kept is forgotten. */
  async cancel(): Promise<void> {
    this.#stop?.abort(new TransferError('registration-expired'))
    this.#stop = undefined
    this.#found = undefined
    await this.#running
    this.#tell(null)
  }

  async #follow(
    created: Promise<FoundApp>,
    stop: AbortController,
    shown: Promise<RegistrationView>,
  ): Promise<void> {
    try {
      const found = await created
      const view = await shown
      if (stop.signal.aborted) return
      this.#found = found
      const { appId, brand, rights } = found
      this.#tell({ ...view, stage: 'found', url: null, app: { appId, brand, rights } })
    } catch (error) {
      const view = await shown.catch(() => undefined)
      // No link was shown yet: the caller is told.
      if (stop.signal.aborted || view === undefined) return
      const info = infoOfThrown(error, this.#options.clock.nowMs())
      this.#tell({ ...view, stage: 'failed', url: null, error: info })
    }
  }

  #waiting({ url, lifeMs }: RegistrationLink): RegistrationView {
    const expiresAtMs = this.#options.clock.nowMs() + lifeMs
    return { id: randomUUID(), stage: 'waiting', url, expiresAtMs, app: null, error: null }
  }

  #tell(view: RegistrationView | null): void {
    if (view === null && this.#view === null) return
    this.#view = view
    this.#options.onChange()
  }
}
