/** A person who has signed in at the simulator, as a test finds them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tokenAsker } from '#main/feishu/auth/oauth-calls.ts'
import { createPkce } from '#main/feishu/auth/pkce.ts'
import { openLine } from '#main/feishu/http/open-line.ts'
import { openAccounts } from '#main/store/account-store.ts'
import { keyFileBox } from '#main/store/secret-box.ts'
import { type OpenVault, openTokenVault } from '#main/store/token-vault.ts'
import { type UserTokens, userIdentity } from '#shared/model/account.ts'
import { SIGN_IN_SCOPES } from '#shared/permissions/choose-scopes.ts'
import { DEFAULT_APP } from '#test/simulator/limits.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '#test/simulator/simulator.ts'

export const DEMO_APP = { appId: DEFAULT_APP.id, appSecret: DEFAULT_APP.secret }
const REDIRECT = 'http://localhost:18640/callback'

/** A local clock that a test sets; the simulator has one of its own. */
interface LocalClock {
  ms: number
  nowMs(): number
  steadyMs(): number
}

export interface SignedIn {
  readonly simulator: Simulator
  readonly home: string
  readonly identity: string
  readonly vault: OpenVault
  readonly clock: LocalClock
  /** Advances both clocks. */
  advance(ms: number): void
}

/** Goes through the sign-in page and exchanges the code, by the local time `nowMs`. */
export async function tokensOf(
  simulator: Simulator,
  nowMs: () => number,
  scopes: readonly string[] = SIGN_IN_SCOPES,
): Promise<UserTokens> {
  const { verifier, challenge } = createPkce()
  const query = new URLSearchParams({
    client_id: DEFAULT_APP.id,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: scopes.join(' '),
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const link = `${simulator.baseUrl}/open-apis/authen/v1/authorize?${query}`
  const code = new URL(simulator.signIns.visit(link)).searchParams.get('code') ?? ''
  const line = openLine({
    baseUrl: simulator.baseUrl,
    clock: { nowMs, steadyMs: () => performance.now() },
    env: {},
  })
  const grant = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    code_verifier: verifier,
  }
  const tokens = await tokenAsker(line, DEMO_APP)(grant, new AbortController().signal)
  await line.connections.close()
  return tokens
}

export const LI = { openId: 'ou_li', name: '李雷', enName: 'Li Lei', tenantKey: 't1' }
export const HAN = { openId: 'ou_han', name: '韩梅梅', enName: 'Han Meimei', tenantKey: 't1' }

/** Signs a person in to a home, as `feidi login` does. @returns their identity */
export async function addPerson(
  home: string,
  simulator: Simulator,
  person: typeof LI,
  scopes?: readonly string[],
): Promise<string> {
  simulator.signIns.person = person
  const tokens = await tokensOf(simulator, Date.now, scopes)
  const app = { ...DEMO_APP, baseUrl: simulator.baseUrl }
  const accounts = openAccounts(home, keyFileBox(home))
  return (await accounts.addPerson(app, { person, tokens }, Date.now())).identity
}

/** A simulator and a home in which the demo person has signed in. */
export async function signIn(
  options: SimulatorOptions & { readonly scopes?: readonly string[] } = {},
): Promise<SignedIn> {
  const simulator = await startSimulator({ rate: 'off', clock: { frozen: true }, ...options })
  const home = mkdtempSync(join(tmpdir(), 'feidi-signed-in-'))
  onTestFinished(async () => {
    await simulator.close()
    rmSync(home, { recursive: true, force: true })
  })
  const clock: LocalClock = {
    ms: simulator.clock.nowMs(),
    nowMs: () => clock.ms,
    steadyMs: () => clock.ms,
  }
  const { host } = new URL(simulator.baseUrl)
  const identity = userIdentity(simulator.signIns.person.openId, DEFAULT_APP.id, host)
  const vault = openTokenVault(home, identity, keyFileBox(home))
  await vault.write(await tokensOf(simulator, clock.nowMs, options.scopes))
  return {
    simulator,
    home,
    identity,
    vault,
    clock,
    advance(ms) {
      clock.ms += ms
      simulator.clock.advance(ms)
    },
  }
}
