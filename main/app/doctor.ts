/** The checks of all that an upload depends on: each is fine, or a problem with its remedy. */
import { accessSync, constants, statfsSync } from 'node:fs'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { appKeyOf } from '#main/feishu/credentials.ts'
import { parseBaseUrl } from '#main/feishu/http/base-url.ts'
import { readCertificates } from '#main/feishu/http/ca-file.ts'
import { testConnection } from '#main/feishu/http/test-connection.ts'
import { systemClock } from '#main/lib/clock.ts'
import { copyStores } from '#main/store/copy-stores.ts'
import { prepareHome } from '#main/store/home.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { openSettings } from '#main/store/settings-file.ts'
import { redisLimiter } from '#main/store/shared-limiter.ts'
import { codeFor } from '#shared/errors/meaning.ts'
import { asTransferError, TransferError } from '#shared/errors/transfer-error.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import { type ChecklistLine, checklistOf } from '#shared/permissions/checklist.ts'
import { PLACES } from '#shared/permissions/scope-groups.ts'
import { type Actor, baseUrlFor, chooseActor } from './accounts/actor.ts'
import { lineOf } from './accounts/connection-options.ts'
import { permissionsOf } from './accounts/permissions.ts'
import { LIMITER_PART, readSealedPassword } from './limiter-keeper.ts'
import { quotaToday } from './live/quota-today.ts'
import { connect } from './open-engine.ts'
import { policyFile, readPolicy } from './policy/read-policy.ts'
import { hostOf, limitsOf } from './queue-outlook.ts'
import { SealedText } from './sealed-text.ts'
import type { AppSession } from './session.ts'
import { limiterPassword, limiterTrust } from './shared-tools.ts'

type CheckName =
  | 'home'
  | 'policy'
  | 'disk'
  | 'certificates'
  | 'network'
  | 'clock'
  | 'credentials'
  | 'scopes'
  | 'destination'
  | 'quota'
  | 'limiter'

/** One line of the examination. */
export interface Finding {
  readonly check: CheckName
  /** Findings for the line: a host, an amount, a name. */
  readonly facts: Readonly<Record<string, string | number>>
  /** Absent when all is well. */
  readonly error?: TransferError
  /** The abilities of the account, for the line of its permissions. */
  readonly permissions?: AccountPermissions
}

/** The abilities of an account, and the app whose owner can add to that. */
export interface AccountPermissions {
  readonly checklist: readonly ChecklistLine[]
  readonly appId: string | undefined
  readonly baseUrl: string
}

interface Examined {
  readonly session: AppSession
  readonly baseUrl: string
  /** The account that acts. Rejects with the reason why none can. */
  readonly actor: Promise<Actor>
  readonly destination: GivenDestination | undefined
}

/** Uploads stop when so little is left, because their progress could not be stored. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024
/** Feishu's answers tell the time; further off than this, certificates and tokens begin to fail. */
const MOST_CLOCK_OFFSET_MS = 5 * 60_000
const NETWORK_LIMIT_MS = 20_000

/**
 * The findings, as they are made. One that cannot be asked because of another is left out.
 * @param to a destination as a person gives it
 */
export async function* examine(session: AppSession, to?: string): AsyncGenerator<Finding> {
  const { settings } = session
  const { home, caFile } = settings
  const given = to === undefined ? undefined : parseDestination(to)
  const actor = chooseActor(session, given?.brand)
  // The reason why no account can act is said on its own line.
  const baseUrl = await actor.then(
    (known) => known.baseUrl,
    () => baseUrlFor(settings, given?.brand),
  )
  yield found('home', { home }, () => {
    prepareHome(home)
    accessSync(home, constants.W_OK)
  })
  const file = policyFile()
  if (file !== undefined) yield found('policy', { file }, () => void readPolicy())
  yield diskSpace(home)
  if (caFile !== undefined) {
    yield found('certificates', { file: caFile }, () => void readCertificates(caFile))
  }
  const reached = await network(session, baseUrl)
  yield reached
  const { offsetMs } = reached.facts
  if (typeof offsetMs === 'number') yield clock(offsetMs)
  const examined = { session, baseUrl, actor, destination: given?.destination }
  if (reached.error === undefined) yield* asAccount(examined)
}

function diskSpace(home: string): Finding {
  try {
    const { bavail, bsize } = statfsSync(home)
    const freeBytes = bavail * bsize
    const isLow = freeBytes < LEAST_FREE_BYTES
    return { check: 'disk', facts: { freeBytes }, ...(isLow && problem('disk-full', home)) }
  } catch {
    // There is no folder yet, and why has been said.
    return { check: 'disk', facts: {} }
  }
}

async function network(
  { settings: { caFile }, log, interrupted: signal }: AppSession,
  baseUrl: string,
): Promise<Finding> {
  const { host } = parseBaseUrl(baseUrl)
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(NETWORK_LIMIT_MS)])
    const options = { baseUrl, redactor: log.redactor, ...(caFile !== undefined && { caFile }) }
    const { via, durationMs, clockOffsetMs, error } = await testConnection(options, limited)
    return {
      check: 'network',
      facts: {
        host,
        durationMs: Math.round(durationMs),
        ...(via !== undefined && { via }),
        ...(clockOffsetMs !== undefined && { offsetMs: clockOffsetMs }),
      },
      ...(error !== undefined && { error }),
    }
  } catch (error) {
    signal.throwIfAborted()
    return { check: 'network', facts: { host }, error: asError(error) }
  }
}

function clock(offsetMs: number): Finding {
  const seconds = Math.round(offsetMs / 1000)
  const isOff = Math.abs(offsetMs) > MOST_CLOCK_OFFSET_MS
  return {
    check: 'clock',
    facts: { seconds },
    ...(isOff && problem('clock-wrong', `${seconds} s`)),
  }
}

async function* asAccount({
  session,
  actor: chosen,
  destination,
}: Examined): AsyncGenerator<Finding> {
  const { settings, log, interrupted: signal } = session
  let actor: Actor
  try {
    actor = await chosen
  } catch (error) {
    yield { check: 'credentials', facts: {}, error: asError(error) }
    return
  }
  const stores = copyStores(settings.home)
  const connection = connect(stores, { ...settings, ...actor }, log)
  const { identity } = connection
  try {
    const accepted = await asked('credentials', { identity }, () => connection.checkToken(signal))
    yield accepted
    if (accepted.error === undefined) yield await permissions(session, actor)
    if (accepted.error === undefined && destination !== undefined) {
      yield await asked('destination', {}, async () => {
        const { unverified } = await connection.checkPlace(destination, signal)
        if (unverified !== undefined) throw unverified
      })
    }
    const appKey = appKeyOf(actor.credentials, parseBaseUrl(actor.baseUrl).host)
    const { callsPerDay, limiterUrl } = limitsOf(settings.home, settings)
    yield quota(stores, appKey, callsPerDay)
    if (limiterUrl !== undefined) yield await limiter(limiterUrl, appKey, settings)
  } finally {
    await connection.close()
    stores.close()
  }
}

/** A person grants scopes when they sign in; Feishu says what an app has. */
async function permissions(session: AppSession, actor: Actor): Promise<Finding> {
  const { credentials } = actor
  try {
    const found = await permissionsOfActor(session, actor)
    const tokens = credentials.kind === 'user' ? await credentials.vault.read() : undefined
    const endsSoon = tokens !== undefined && tokens.refreshToken === undefined
    const error = endsSoon
      ? new TransferError('sign-in-not-renewable')
      : withoutAnyPlace(found.checklist)
    return { check: 'scopes', facts: {}, permissions: found, ...(error && { error }) }
  } catch (error) {
    session.interrupted.throwIfAborted()
    return { check: 'scopes', facts: {}, error: asError(error) }
  }
}

/** Returns what an account may do. @throws TransferError when its sign-in cannot be read */
async function permissionsOfActor(
  { settings, log, interrupted }: AppSession,
  { credentials, baseUrl }: Actor,
): Promise<AccountPermissions> {
  const line = { ...lineOf(settings, log), baseUrl }
  const checklist = checklistOf(await permissionsOf(credentials, line, interrupted))
  const appId = credentials.kind === 'access-token' ? undefined : credentials.appId
  return { checklist, appId, baseUrl }
}

/** An account that may upload nowhere is of no use; one that may upload somewhere may be all that is wanted. */
function withoutAnyPlace(checklist: readonly ChecklistLine[]): TransferError | undefined {
  const places = checklist.filter(({ purpose }) => PLACES.some((place) => place === purpose))
  const [folder] = places
  if (folder === undefined || !places.every(({ state }) => state === 'grant' || state === 'app')) {
    return undefined
  }
  const code = codeFor(folder.state === 'grant' ? 'scope-not-granted' : 'app-lacks-scope')
  return new TransferError(code, { missingScopes: folder.scopes })
}

function quota(
  stores: ReturnType<typeof copyStores>,
  appKey: string,
  callsPerDay: number | undefined,
): Finding {
  const today = quotaToday(stores, systemClock.nowMs(), { callsPerDay, hold: undefined, appKey })
  const least = today.endpoints.find(({ left }) => left === today.left)
  return {
    check: 'quota',
    facts: {
      left: today.left,
      endpoint: least?.endpoint ?? '',
      ...(callsPerDay !== undefined && { callsPerDay }),
    },
    ...(today.left <= 0 && problem('daily-quota-used', least?.endpoint ?? '')),
  }
}

/** Asks a shared limiter for a turn that no call needs. */
async function limiter(
  url: string,
  appKey: string,
  { home, caFile }: AppSession['settings'],
): Promise<Finding> {
  const facts = { server: hostOf(url) }
  try {
    const sealed = new SealedText(openSettings(home), LIMITER_PART, keyFileBox(home))
    const password = limiterPassword(url, process.env) ?? (await readSealedPassword(sealed, url))
    const trust = () => limiterTrust(caFile)
    const shared = redisLimiter({ url, password, appKey, trust })
    try {
      const turn = { path: 'doctor', callsPerSecond: 5, callsPerDay: undefined }
      const isThere = (await shared.reserve(turn)) !== undefined
      return {
        check: 'limiter',
        facts,
        ...(!isThere && problem('limiter-unreachable', facts.server)),
      }
    } finally {
      shared.close()
    }
  } catch (error) {
    return { check: 'limiter', facts, error: asError(error) }
  }
}

function found(check: CheckName, facts: Finding['facts'], look: () => void): Finding {
  try {
    look()
    return { check, facts }
  } catch (error) {
    return { check, facts, error: asError(error) }
  }
}

async function asked(
  check: CheckName,
  facts: Finding['facts'],
  ask: () => Promise<unknown>,
): Promise<Finding> {
  try {
    await ask()
    return { check, facts }
  } catch (error) {
    return { check, facts, error: asError(error) }
  }
}

function problem(
  code: 'disk-full' | 'clock-wrong' | 'daily-quota-used' | 'limiter-unreachable',
  detail: string,
) {
  return { error: new TransferError(code, { detail }) }
}

function asError(error: unknown): TransferError {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  return isTimeout ? new TransferError('idle-timeout') : asTransferError(error)
}
