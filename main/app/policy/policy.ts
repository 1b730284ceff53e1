import { z } from 'zod'
import { parseDestination } from '#main/destination/parse-destination.ts'
import { Patterns } from '#main/watch/scan/patterns.ts'
import { TransferError } from '#shared/errors/transfer-error.ts'
import type { GivenDestination } from '#shared/model/given-destination.ts'
import { LOCKABLE_SETTINGS, type LockedSetting } from '#shared/model/policy.ts'
import { DAILY_CALLS } from '#shared/transfer/quota-day.ts'

const MOST = 1_000
const text = z.string().min(1).max(2_048)

/** The policy file, word for word: a name that is not known is an error, for it may be a rule that was meant. */
const policySchema = z.strictObject({
  version: z.literal(1),
  /** Shown to people who meet a rule: whom to ask. */
  contact: z.string().max(200).exactOptional(),
  /** The apps that may upload. */
  apps: z.array(text).min(1).max(MOST).exactOptional(),
  /** The API hosts that may be used. */
  brand: z.enum(['feishu', 'lark']).exactOptional(),
  /** The only places that files may go to: links or short forms. */
  destinations: z.array(text).min(1).max(MOST).exactOptional(),
  /** Files that are never uploaded; patterns as in .gitignore, of names and folders at any level. */
  exclude: z.array(text).max(MOST).exactOptional(),
  limits: z
    .strictObject({
      bandwidthBytesPerSecond: z.number().int().min(10_000).max(10_000_000_000).exactOptional(),
      callsPerDay: z.number().int().min(100).max(DAILY_CALLS).exactOptional(),
    })
    .exactOptional(),
  /** True: Feidi asks for newer versions. */
  checkForUpdates: z.boolean().exactOptional(),
})

export type PolicyContent = z.output<typeof policySchema>

const HOSTS = { feishu: 'open.feishu.cn', lark: 'open.larksuite.com' } as const

/** Settings that a person responsible for this machine has made for all who use it. */
export class Policy {
  /** Without a file everything is up to the person. */
  static readonly none = new Policy({ version: 1 })

  readonly content: PolicyContent
  readonly #excluded: Patterns
  readonly #places: ReadonlySet<string> | undefined

  private constructor(content: PolicyContent) {
    this.content = content
    this.#excluded = new Patterns(content.exclude ?? [])
    this.#places = content.destinations && placesIn(content.destinations)
  }

  /** @throws TransferError `policy-invalid` */
  static parse(json: string): Policy {
    try {
      return new Policy(policySchema.parse(JSON.parse(json)))
    } catch (cause) {
      throw new TransferError('policy-invalid', { detail: whatIsWrong(cause), cause })
    }
  }

  /** The settings that cannot be changed here. */
  get locked(): LockedSetting[] {
    const { limits, checkForUpdates } = this.content
    const fixed = { ...limits, checkForUpdates }
    return LOCKABLE_SETTINGS.filter((name) => fixed[name] !== undefined)
  }

  /** @throws TransferError `policy-app` for an app or a server that may not be used */
  demandApp(appId: string | undefined, host: string): void {
    const { apps, brand } = this.content
    const isWrongApp = apps !== undefined && (appId === undefined || !apps.includes(appId))
    const isWrongHost = brand !== undefined && host !== HOSTS[brand]
    if (isWrongApp || isWrongHost) throw this.#refusal('policy-app', appId ?? host)
  }

  /** @throws TransferError `policy-destination` for a place that files may not go to */
  demandDestination(destination: GivenDestination): void {
    const places = this.#places
    if (places !== undefined && !tokensOf(destination).some((token) => places.has(token))) {
      throw this.#refusal('policy-destination')
    }
  }

  /** @throws TransferError `policy-excluded` for a file that may not leave */
  demandFile(path: string): void {
    const relative = path.replaceAll('\\', '/').replace(/^([A-Za-z]:)?\/+/, '')
    if (relative === '') return
    const pattern = this.#excluded.matchingPattern(relative, false)
    if (pattern !== undefined) throw this.#refusal('policy-excluded', pattern)
  }

  /** @throws TransferError `policy-locked` for a limit above that of the policy */
  capped(name: 'bandwidthBytesPerSecond' | 'callsPerDay', wanted: number | undefined) {
    const most = this.content.limits?.[name]
    if (most === undefined || wanted === undefined) return wanted ?? most
    if (wanted > most) throw this.#refusal('policy-locked', String(most))
    return wanted
  }

  lockedError(): TransferError {
    return this.#refusal('policy-locked')
  }

  #refusal(
    code: 'policy-app' | 'policy-destination' | 'policy-excluded' | 'policy-locked',
    detail?: string,
  ): TransferError {
    const parts = [detail, this.content.contact].filter((part) => part !== undefined)
    return new TransferError(code, { ...(parts.length > 0 && { detail: parts.join('; ') }) })
  }
}

function placesIn(links: readonly string[]): ReadonlySet<string> {
  return new Set(links.flatMap(tokensOfPlace))
}

/** A place that is named by its path could be another one tomorrow, and would allow nothing here. */
function tokensOfPlace(link: string): string[] {
  const tokens = tokensOf(parseDestination(link).destination)
  if (tokens.length > 0) return tokens
  throw new TransferError('policy-invalid', { detail: `destinations: ${link}` })
}

/** Returns the tokens that tell a place from others: its own, and that of its page in a wiki. */
function tokensOf(destination: GivenDestination): string[] {
  const page = 'wikiNode' in destination ? [destination.wikiNode ?? []].flat() : []
  switch (destination.kind) {
    case 'folder':
      return [destination.folderToken]
    case 'media':
      return [destination.route ?? destination.parentNode]
    case 'docx':
      return [destination.documentId, ...page]
    case 'sheet':
      return [destination.spreadsheetToken, ...page]
    case 'base':
      return [destination.appToken, ...page]
    case 'file':
      return [destination.fileToken, ...page]
    case 'whole-base':
      return [destination.appToken]
    case 'page':
    case 'wiki':
      return [destination.nodeToken]
    // Only the place it leads to has a token.
    case 'path':
      return []
  }
}

/** Names the field that is wrong: the file has no secrets, and its author has to find it. */
function whatIsWrong(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    return cause.issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.join('.') || '{}'}: ${message}`)
      .join('; ')
  }
  if (!(cause instanceof TransferError)) return 'JSON'
  return cause.code === 'policy-invalid' ? (cause.context.detail ?? '') : 'destinations'
}
