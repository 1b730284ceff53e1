import type { Destination, FileColumns } from './transfer.ts'

/** The details of a Base that a link or a short form may give, besides which one it is. */
export interface BasePart {
  readonly tableId?: string
  readonly field?: string
  readonly recordId?: string
  readonly columns?: FileColumns
}

/** A page of a wiki: what it is, and so where files would go, only Feishu knows. */
interface WikiPage extends BasePart {
  readonly kind: 'wiki'
  readonly nodeToken: string
  readonly sheetId?: string
}

/** A Base whose table was not named: it has to be looked at first. */
interface WholeBase extends Omit<BasePart, 'tableId'> {
  readonly kind: 'whole-base'
  readonly appToken: string
}

/** The places that a path of names can begin in. */
export const PATH_ROOTS = ['my-space', 'wiki-space'] as const

/** A place by the names on the way to it. */
export interface PathPlace {
  readonly kind: 'path'
  /** The account's own space, or the wikis it sees: the first name is that of a wiki then. */
  readonly root: (typeof PATH_ROOTS)[number]
  readonly names: readonly string[]
}

/** A place as a person gives it. */
export type GivenDestination = Destination | WikiPage | WholeBase | PathPlace

/** Tells whether Feishu need not be asked for what it is. */
export function isDestination(given: GivenDestination): given is Destination {
  return given.kind !== 'wiki' && given.kind !== 'whole-base' && given.kind !== 'path'
}
