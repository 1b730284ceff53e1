/** Access to documents and folders. Every identity has full access until a test says otherwise. */
import type { Identity } from './accounts.ts'
import type { Drive } from './drive.ts'

const LEVELS = ['none', 'view', 'edit', 'manage'] as const

/** 云文档权限: 可阅读, 可编辑, 可管理. */
export type AccessLevel = (typeof LEVELS)[number]

export class Access {
  readonly #drive: Drive
  readonly #levels = new Map<string, AccessLevel>()
  readonly #missing = new Set<string>()

  constructor(drive: Drive) {
    this.#drive = drive
  }

  /** Sets a level for one identity such as `app:cli_demo`, or for all without their own. */
  set(token: string, level: AccessLevel, identityId = ''): void {
    this.#levels.set(`${token} ${identityId}`, level)
  }

  /** Checks access; a document without its own level takes that of its folder. */
  allows(identity: Identity, token: string, needed: AccessLevel): boolean {
    return LEVELS.indexOf(this.#levelOf(identity.id, token)) >= LEVELS.indexOf(needed)
  }

  /** From now on there is no such document, Base, block or calendar. */
  markMissing(token: string): void {
    this.#missing.add(token)
  }

  isMissing(token: string): boolean {
    return this.#missing.has(token) || this.#drive.isRemoved(token)
  }

  #levelOf(identityId: string, token: string): AccessLevel {
    const level = this.#levels.get(`${token} ${identityId}`) ?? this.#levels.get(`${token} `)
    if (level !== undefined) return level
    const parent = this.#drive.get(token)?.parentToken ?? ''
    return parent === '' ? 'manage' : this.#levelOf(identityId, parent)
  }
}
