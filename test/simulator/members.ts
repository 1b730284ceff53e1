/** 云文档权限: who was given access to which file or document. */

export interface Member {
  /** `openid`, `email`, `openchat`, … */
  readonly memberType: string
  readonly memberId: string
  readonly perm: Permission
}

export const PERMISSIONS = ['view', 'edit', 'full_access'] as const

export type Permission = (typeof PERMISSIONS)[number]

export class Members {
  readonly #members = new Map<string, Member[]>()
  readonly #outOfReach = new Set<string>()

  /**
   * Rejects sharing with this person: company policy forbids it, or they and the caller cannot see
   * each other.
   */
  keepOut(memberId: string): void {
    this.#outOfReach.add(memberId)
  }

  isOutOfReach(memberId: string): boolean {
    return this.#outOfReach.has(memberId)
  }

  of(token: string): readonly Member[] {
    return this.#members.get(token) ?? []
  }

  /** Adds a member, or raises the permission of one. False when they have more than that already. */
  add(token: string, member: Member): boolean {
    const others = this.of(token).filter(({ memberId }) => memberId !== member.memberId)
    const old = this.of(token).find(({ memberId }) => memberId === member.memberId)
    if (old !== undefined && rank(old) > rank(member)) return false
    this.#members.set(token, [...others, member])
    return true
  }
}

function rank({ perm }: Member): number {
  return PERMISSIONS.indexOf(perm)
}
